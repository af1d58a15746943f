export { startGateway, type GatewayOptions, type RunningGateway } from './serve/start-gateway.ts';
