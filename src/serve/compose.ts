import { credentialsFile } from '../auth/credentials-file.ts';
import { LocalVerifier } from '../auth/local-verifier.ts';
import { OzoneVerifier } from '../auth/ozone-verifier.ts';
import type { Verifier } from '../auth/verifier.ts';
import { createGateway, type GatewayDeps } from '../gateway.ts';
import { createS3Server, type S3Server } from '../server.ts';
import type { WorkerConfig } from './messages.ts';

export type GatewayParts = Pick<GatewayDeps, 'store' | 'log' | 'requestLog' | 'metrics'>;

/** Puts the parts of an S3 server together; it does not listen yet. */
export function composeServer(config: WorkerConfig, parts: GatewayParts): S3Server {
  const { domains, limits, region, timeouts } = config;
  const app = createGateway({
    ...parts,
    verifier: verifierOf(config),
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

function verifierOf({ auth, dataDir, region }: WorkerConfig): Verifier {
  const claims = { region: region.name, isRegionStrict: region.strict };
  return auth.kind === 'local'
    ? new LocalVerifier({ ...claims, credentials: credentialsFile(dataDir) })
    : new OzoneVerifier({ ...claims, anonymousAccessId: auth.anonymousAccessId });
}
