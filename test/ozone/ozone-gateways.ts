import { S3Client } from '@aws-sdk/client-s3';
import { startGatewayProcess } from '../gateway-process.ts';
import type { GatewayOptions, GatewayProcess } from '../gateway-process.ts';

/** `maxAttempts` are those that the SDK makes by itself. */
export function clientOf(endpoint: string, accessKeyId: string, secretAccessKey: string, maxAttempts = 3): S3Client {
  return new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts,
  });
}

export function clientOfGateway({ url, endpoint }: GatewayProcess, maxAttempts?: number): S3Client {
  return clientOf(url, endpoint.accessKey, endpoint.secretKey, maxAttempts);
}

/** The built gateway before the Ozone whose site file is in `conf`. */
export async function startOzoneGateway(conf: string, options: GatewayOptions = {}): Promise<GatewayProcess> {
  const args = ['--store', 'ozone', '--conf', conf, '--auth', 'local', ...(options.args ?? [])];
  return startGatewayProcess({ ...options, args });
}

/** What a run of the cluster's tests is told by variables; see scripts/test.mjs. */
export function requiredVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set; next: npm test -- cluster`);
  return value;
}
