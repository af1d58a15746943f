import { describe, expect, it } from '@jest/globals';
import * as sdk from '@aws-sdk/client-s3';
import { isS3Error } from '../errors/s3-error.ts';
import { parseAddress, splitTarget } from '../s3/address.ts';
import { parseQuery } from '../s3/query.ts';
import { catalogue } from './catalogue.ts';
import { resolveName } from './registry.ts';

function resolve(method: string, target: string, headers: Readonly<Record<string, string>> = {}): string {
  const { rawPath, rawQuery } = splitTarget(target);
  const address = parseAddress(rawPath, 'localhost:9878', []);
  return resolveName({
    method,
    resource: address.kind,
    bucket: address.kind === 'service' ? '' : address.bucket,
    query: parseQuery(rawQuery),
    hasHeader: (name) => name in headers,
  });
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isS3Error(error)) return error.code;
    throw error;
  }
  return 'none';
}

interface WireRequest {
  method: string;
  path: string;
  query: Record<string, string | null>;
  headers: Record<string, string>;
}

/** The request that the SDK would send for a command with every required member filled in. */
async function wireRequestOf(name: string): Promise<WireRequest> {
  let captured: WireRequest | undefined;
  const client = new sdk.S3Client({
    endpoint: 'http://localhost:9878',
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    disableS3ExpressSessionAuth: true,
    requestHandler: {
      handle: (request: WireRequest) => {
        captured = request;
        return Promise.reject(new Error('captured'));
      },
    } as never,
  });
  const Command = (sdk as unknown as Record<string, new (input: unknown) => never>)[`${name}Command`];
  if (Command === undefined) throw new Error(`no ${name}Command`);
  const input = {
    ...{ Bucket: 'bucket', Key: 'key', UploadId: 'u', PartNumber: 1, CopySource: '/b/k', Id: 'i', AnnotationName: 'n' },
    ...{ RequestRoute: 'route', RequestToken: 'token', RenameSource: '/b/k', ObjectAttributes: ['ETag'], Body: 'b' },
    ...{ Delete: { Objects: [{ Key: 'k' }] }, Tagging: { TagSet: [] }, ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' },
    AnnotationPayload: 'payload',
  };
  await client.send(new Command(input)).catch((error: unknown) => {
    if (captured === undefined) throw error;
  });
  if (captured === undefined) throw new Error(`${name} sent nothing`);
  return captured;
}

describe('resolveName', () => {
  it.each(catalogue.map(({ name }) => name).filter((name) => name !== 'WriteGetObjectResponse'))(
    'recognises what the SDK sends for %s',
    async (name) => {
      const { method, path, query, headers } = await wireRequestOf(name);
      const search = Object.entries(query).map(([key, value]) => (value === null ? key : `${key}=${value}`));
      const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
      expect(resolve(method, `${path}?${search.join('&')}`, lower)).toBe(name);
    },
  );

  it.each([
    ['POST', '/WriteGetObjectResponse', 'WriteGetObjectResponse'],
    ['GET', '/', 'ListBuckets'],
    ['GET', '/bucket', 'ListObjects'],
    ['GET', '/bucket/', 'ListObjects'],
    ['GET', '/bucket?uploads', 'ListMultipartUploads'],
    ['GET', '/bucket?analytics', 'ListBucketAnalyticsConfigurations'],
    ['GET', '/bucket/key?partNumber=3', 'GetObject'],
    ['HEAD', '/bucket/key?partNumber=3', 'HeadObject'],
    ['GET', '/bucket/key?uploadId=u', 'ListParts'],
  ])('%s %s is %s', (method, target, name) => {
    expect(resolve(method, target)).toBe(name);
  });

  it.each([
    ['DELETE', '/bucket?location', 'MethodNotAllowed'],
    ['DELETE', '/bucket?acl', 'MethodNotAllowed'],
    ['DELETE', '/bucket?versioning', 'MethodNotAllowed'],
    ['PUT', '/bucket/key?torrent', 'MethodNotAllowed'],
    ['HEAD', '/bucket/key?tagging', 'MethodNotAllowed'],
    ['POST', '/bucket/key', 'MethodNotAllowed'],
    ['POST', '/bucket', 'NotImplemented'],
    ['PATCH', '/bucket/key', 'MethodNotAllowed'],
    ['HEAD', '/', 'MethodNotAllowed'],
    ['PUT', '/bucket/key?uploadId=u', 'InvalidArgument'],
    ['PUT', '/bucket/key?partNumber=1', 'InvalidArgument'],
    ['DELETE', '/bucket/key?tagging&acl', 'InvalidArgument'],
    ['OPTIONS', '/bucket/key', 'AccessForbidden'],
  ])('%s %s is refused: %s', (method, target, code) => {
    expect(codeOf(() => resolve(method, target))).toBe(code);
  });
});
