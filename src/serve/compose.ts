import type { CredentialSource } from '../auth/local-verifier.ts';
import { LocalVerifier } from '../auth/local-verifier.ts';
import { createGateway, type GatewayDeps } from '../gateway.ts';
import { createS3Server, type S3Server } from '../server.ts';
import type { WorkerConfig } from './messages.ts';

export interface GatewayParts extends Pick<GatewayDeps, 'store' | 'log' | 'requestLog' | 'metrics'> {
  readonly credentials: CredentialSource;
}

/** Puts the parts of an S3 server together; it does not listen yet. */
export function composeServer(config: WorkerConfig, parts: GatewayParts): S3Server {
  const { domains, limits, region, timeouts } = config;
  const verifier = new LocalVerifier({
    credentials: parts.credentials,
    region: region.name,
    isRegionStrict: region.strict,
  });
  const app = createGateway({
    ...parts,
    verifier,
    settings: {
      region: region.name,
      domains,
      maxRequestsInFlight: limits.requestsInFlight,
      idleTimeoutMs: timeouts.idleMs,
      late: { firstMs: timeouts.firstSpaceMs, everyMs: timeouts.nextSpaceMs },
    },
  });
  return createS3Server(app, {
    maxHeaderBytes: limits.headerBytes,
    headersTimeoutMs: timeouts.headersMs,
    keepAliveTimeoutMs: timeouts.keepAliveMs,
  });
}
