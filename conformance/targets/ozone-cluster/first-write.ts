import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { RoleContainer } from './role-container.ts';

const tryTimeoutMs = 30_000;
const name = 'readiness';

/** Writes an object and removes it again; rejects when the cluster is not ready. */
export async function writeThroughGateway(endpoint: URL): Promise<void> {
  const client = new S3Client({
    endpoint: endpoint.href,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: name, secretAccessKey: name },
    maxAttempts: 1,
  });
  const abort = { abortSignal: AbortSignal.timeout(tryTimeoutMs) };
  try {
    await unlessThere(client.send(new CreateBucketCommand({ Bucket: name }), abort));
    await client.send(new PutObjectCommand({ Bucket: name, Key: name, Body: name }), abort);
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: name }), abort);
    await client.send(new DeleteBucketCommand({ Bucket: name }), abort);
  } finally {
    client.destroy();
  }
}

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof Error && error.name.startsWith('BucketAlready'))) throw error;
  }
}

/** Writes a key into a volume that S3 does not show; rejects when the cluster is not ready. */
export async function writeThroughShell(om: RoleContainer): Promise<void> {
  const freon = ['ozone', 'freon', 'ockg', '--number-of-tests=1', '--threads=1', '--size=10'];
  const { exitCode, stdout, stderr } = await om.exec([...freon, `--volume=${name}`, `--bucket=${name}`]);
  if (exitCode !== 0) throw new Error(lastLine(stderr) ?? lastLine(stdout) ?? `freon ended with ${exitCode}`);
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1);
}
