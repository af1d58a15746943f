import type { StoreLog } from '../storage/values.ts';

export interface GatewayLog extends StoreLog {
  info(fields: object, message: string): void;
}
