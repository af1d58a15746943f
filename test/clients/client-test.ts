import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, jest } from '@jest/globals';

import { startGatewayProcess } from '../gateway-process.ts';
import type { GatewayProcess } from '../gateway-process.ts';

export interface ClientTest {
  readonly gateway: GatewayProcess;
  /** Temporary. */
  readonly directory: string;
  /** Credentials and places as AWS's own clients read them, none of them the person's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** A gateway with two workers and a temporary directory for a file's tests; call the result in a test. */
export function useClientTest(): () => ClientTest {
  let started: ClientTest | undefined;
  jest.setTimeout(180_000);

  beforeAll(async () => {
    const gateway = await startGatewayProcess({ workers: 2 });
    const directory = await mkdtemp(join(tmpdir(), 'ozone-s3g-client-'));
    // Without this setting, the clients written in Python sign URLs with Signature V2.
    await writeFile(join(directory, 'aws-config'), '[default]\ns3 =\n  signature_version = s3v4\n');
    const env = {
      AWS_ACCESS_KEY_ID: gateway.endpoint.accessKey,
      AWS_SECRET_ACCESS_KEY: gateway.endpoint.secretKey,
      AWS_ENDPOINT_URL: gateway.url,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: join(directory, 'aws-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(directory, 'no-aws-credentials'),
    };
    started = { gateway, directory, env };
  });

  afterAll(async () => {
    await started?.gateway.stop();
    if (started !== undefined) await rm(started.directory, { recursive: true, force: true });
  });

  return () => {
    if (started === undefined) throw new Error('the gateway has not been started');
    return started;
  };
}
