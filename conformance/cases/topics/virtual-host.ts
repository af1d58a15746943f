import { defineCase, defineTable } from '../../engine/define-case.ts';
import type { CaseContext } from '../../engine/case-context.ts';
import { virtualHost } from '../../engine/raw-address.ts';
import { preparedOperations, prepareRequest } from '../../fixtures/prepared-requests.ts';
import type { HeaderPair } from '../../transports/sigv4.ts';

const described = {
  feature: 'virtual-host',
  level: 'extended',
  severity: 'major',
  requires: ['vhost'],
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html',
  transport: 'raw',
} as const;

function hostOf(t: CaseContext, bucket: string): HeaderPair {
  return ['host', virtualHost(bucket, t.target.options.domain ?? '', t.target.endpoint)];
}

/** `/bucket/key` as it is asked of the bucket's own host. */
function pathWithin(path: string): string {
  return path.replace(/^\/[^/]+/, '') || '/';
}

defineTable(preparedOperations, (operation) => ({
  ...described,
  id: `${operation}.virtual-host.bucket-in-the-host`,
  title: 'the bucket may be named by the host instead of the path',
  operation,
  run: async (t) => {
    const { request, bucket, done } = await prepareRequest(t, operation);
    const headers = [...(request.headers ?? []), hostOf(t, bucket)];
    const subject = await t.raw({ ...request, headers, path: pathWithin(request.path) });
    subject.expectOk();
    await done(subject);
  },
}));

defineCase({
  ...described,
  id: 'GetObject.virtual-host.key-like-the-bucket',
  title: 'with the bucket in the host, a path that begins with its name is a key',
  operation: 'GetObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'of the bucket');
    await t.put(bucket, `${bucket}/k`, 'of the folder');
    const get = await t.raw({ method: 'GET', path: `/${bucket}/k`, headers: [hostOf(t, bucket)] });
    get.expectOk(200);
    get.expectBody('of the folder');
  },
});

defineCase({
  ...described,
  id: 'HeadBucket.virtual-host.bucket-in-the-host',
  title: 'HEAD of the root of a host that names a bucket is HeadBucket',
  operation: 'HeadBucket',
  run: async (t) => {
    const bucket = await t.bucket();
    const head = await t.raw({ method: 'HEAD', path: '/', headers: [hostOf(t, bucket)] });
    head.expectOk(200);
    head.expectHeader('x-amz-bucket-region', /\S/);
  },
});
