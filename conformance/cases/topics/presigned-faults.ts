import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { PresignOptions } from '../../engine/case-context.ts';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { otherRegion } from '../../engine/other-region.ts';
import { md5Base64 } from '../../fixtures/digests.ts';
import { withoutChecksum } from '../../fixtures/multipart.ts';
import type { RawRequest } from '../../transports/raw.ts';
import type { QueryPair } from '../../transports/sigv4.ts';
import { wrongByOneDigit } from '../../fixtures/wrong-signature.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html';
const described = {
  operation: 'PutObject',
  feature: 'presigned',
  level: 'core',
  severity: 'critical',
  requires: ['auth-enforced'],
  reference,
  transport: 'raw',
} as const;

interface Fault {
  readonly condition: string;
  readonly title: string;
  readonly expected: { readonly status: 400 | 403; readonly code: string };
  /** How the URL is made. */
  readonly made?: () => PresignOptions;
  /** What happens to its query afterwards. */
  readonly changed?: (query: readonly QueryPair[]) => readonly QueryPair[];
  readonly sent?: Partial<RawRequest>;
  readonly level?: 'extended';
}

const mismatch = { status: 403, code: 'SignatureDoesNotMatch' } as const;
const malformed = { status: 400, code: 'AuthorizationQueryParametersError' } as const;
const denied = { status: 403, code: 'AccessDenied' } as const;
const minute = 60_000;

const ago = (minutes: number): Date => new Date(Date.now() - minutes * minute);
const without =
  (name: string) =>
  (query: readonly QueryPair[]): readonly QueryPair[] =>
    query.filter(([one]) => one !== name);
const withValue =
  (name: string, value: string) =>
  (query: readonly QueryPair[]): readonly QueryPair[] =>
    query.map(([one, old]) => [one, one === name ? value : old]);
const scope = (pattern: RegExp, text: string) => (): PresignOptions => ({
  faults: { scope: (value) => value.replace(pattern, text) },
});

const required = ['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'];

/** Each breaks one thing of a URL for a PUT that is right otherwise. */
const faults: readonly Fault[] = [
  ...required.map((name) => ({
    condition: `without-${name.toLowerCase().replace('x-amz-', '').replace('signedheaders', 'signed-headers')}`,
    title: `no ${name}`,
    expected: malformed,
    changed: without(name),
  })),
  {
    condition: 'other-algorithm',
    title: 'an algorithm that there is not',
    expected: malformed,
    changed: withValue('X-Amz-Algorithm', 'AWS4-HMAC-SHA1'),
  },
  {
    condition: 'date-malformed',
    title: 'a date that is none',
    expected: malformed,
    changed: withValue('X-Amz-Date', '2026-01-01'),
  },
  {
    condition: 'expires-no-number',
    title: 'a time to expire that is no number',
    expected: malformed,
    changed: withValue('X-Amz-Expires', 'soon'),
  },
  {
    condition: 'expires-negative',
    title: 'a negative time to expire',
    expected: malformed,
    made: () => ({ expiresSeconds: -1 }),
  },
  {
    condition: 'expires-after-a-week',
    title: 'a time to expire of more than seven days',
    expected: malformed,
    made: () => ({ expiresSeconds: 604_801 }),
  },
  {
    condition: 'credential-malformed',
    title: 'a credential without a scope',
    expected: malformed,
    changed: withValue('X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE'),
  },
  {
    condition: 'other-service',
    title: 'a scope of another service',
    expected: malformed,
    made: scope(/\/s3\//, '/ec2/'),
  },
  {
    condition: 'other-terminator',
    title: 'a scope that does not end in aws4_request',
    expected: malformed,
    made: scope(/aws4_request$/, 'aws5_request'),
  },
  {
    condition: 'scope-of-another-day',
    title: 'a scope of another day than X-Amz-Date',
    expected: malformed,
    made: scope(/^\d{8}/, '20200101'),
  },
  {
    condition: 'expired',
    title: 'a URL that expired an hour ago',
    expected: denied,
    made: () => ({ date: ago(61), expiresSeconds: 60 }),
  },
  {
    condition: 'not-valid-yet',
    title: 'a URL made for twenty minutes from now',
    expected: denied,
    made: () => ({ date: ago(-20) }),
  },
  {
    condition: 'longer-life',
    title: 'an expired URL whose X-Amz-Expires was raised',
    expected: mismatch,
    made: () => ({ date: ago(10), expiresSeconds: 60 }),
    changed: withValue('X-Amz-Expires', '3600'),
  },
  {
    condition: 'wrong-signature',
    title: 'a signature that is wrong by one digit',
    expected: mismatch,
    made: () => ({ faults: { signature: wrongByOneDigit } }),
  },
  {
    condition: 'unknown-access-key',
    title: 'an access key of nobody',
    expected: { status: 403, code: 'InvalidAccessKeyId' },
    made: () => ({ credentials: { accessKeyId: 'S3CNOSUCHACCESSKEY00', secretAccessKey: 'any' } }),
  },
  {
    condition: 'query-added',
    title: 'a parameter that was added to the URL',
    expected: mismatch,
    changed: (query) => [...query, ['x-id', 'PutObject']],
  },
  {
    condition: 'signed-header-changed',
    title: 'a signed Content-Type that is sent with another value',
    expected: mismatch,
    made: () => ({ headers: [['content-type', 'text/plain']] }),
    sent: { headers: [['content-type', 'text/html']] },
  },
  {
    condition: 'signed-header-not-sent',
    title: 'a signed Content-Type that is not sent',
    expected: mismatch,
    made: () => ({ headers: [['content-type', 'text/plain']] }),
  },
  {
    condition: 'header-not-signed',
    title: 'an x-amz- header that the URL does not sign',
    expected: denied,
    sent: { headers: [['x-amz-meta-role', 'admin']] },
  },
  {
    condition: 'content-md5-wrong',
    title: 'a Content-MD5 of other bytes',
    expected: { status: 400, code: 'BadDigest' },
    sent: { headers: [['content-md5', md5Base64('other bytes')]] },
  },
];

defineTable(faults, ({ condition, title, expected, made, changed, sent, level }) => ({
  ...described,
  id: `PutObject.presigned.${condition}`,
  title: `${title}: ${String(expected.status)} ${expected.code}, and nothing is written`,
  level: level ?? 'core',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const path = t.path(bucket, 'k');
    const query = t.presignRaw('PUT', path, made?.());
    const put = { method: 'PUT', path, query: changed?.(query) ?? query, body: 'after', ...sent };
    const subject = await t.rawUnsigned(put);
    subject.expectError(expected);
    await t.expectObject(bucket, 'k', 'before');
  },
}));

defineTable(
  [
    ['PutObject', 'PUT'],
    ['DeleteObject', 'DELETE'],
    ['HeadObject', 'HEAD'],
  ] as const,
  ([operation, method]) => ({
    ...described,
    id: `${operation}.presigned.made-for-get`,
    title: `a URL made for GET does not allow ${method}`,
    operation,
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'before');
      const path = t.path(bucket, 'k');
      const query = t.presignRaw('GET', path);
      const subject = await t.rawUnsigned({ method, path, query, ...(method === 'PUT' && { body: 'after' }) });
      subject.expectError({ status: 403, code: 'SignatureDoesNotMatch' });
      await t.expectObject(bucket, 'k', 'before');
    },
  }),
);

defineTable(['other-key', 'other-bucket'] as const, (condition) => ({
  ...described,
  id: `GetObject.presigned.${condition}`,
  title: `a URL gives no access to an object of ${condition === 'other-key' ? 'another key' : 'another bucket'}`,
  operation: 'GetObject',
  run: async (t) => {
    const bucket = await t.bucket();
    const other = condition === 'other-key' ? bucket : await t.bucket();
    await t.put(other, 'secret', 'v');
    const query = t.presignRaw('GET', t.path(bucket, condition === 'other-key' ? 'k' : 'secret'));
    const subject = await t.rawUnsigned({ method: 'GET', path: t.path(other, 'secret'), query });
    subject.expectError({ status: 403, code: 'SignatureDoesNotMatch' });
    await t.expectObject(other, 'secret', 'v');
  },
}));

defineCase({
  ...described,
  id: 'PutObject.presigned.other-region',
  title: 'a scope of another region: 400 AuthorizationQueryParametersError, and nothing is written',
  requires: ['auth-enforced', 'region-strict'],
  run: async (t) => {
    const bucket = await t.bucket();
    const path = t.path(bucket, 'k');
    const region = otherRegion(t.region);
    const query = t.presignRaw('PUT', path, { region });
    const subject = await t.rawUnsigned({ method: 'PUT', path, query, body: 'v' });
    subject.expectError(malformed);
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...described,
  id: 'GetObject.presigned.expired',
  title: 'a URL that has expired: 403 AccessDenied',
  operation: 'GetObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const path = t.path(bucket, 'k');
    const query = t.presignRaw('GET', path, { expiresSeconds: 60, date: ago(60) });
    const get = await t.rawUnsigned({ method: 'GET', path, query });
    get.expectError({ status: 403, code: 'AccessDenied' });
  },
});

defineCase({
  ...described,
  id: 'PutObject.presigned.condition-not-signed',
  title: 'If-None-Match need not be signed, and holds',
  feature: 'conditional-write',
  requires: [],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const url = await t.presign(new PutObjectCommand({ Bucket: bucket, Key: 'k' }), withoutChecksum);
    const subject = await t.fetchUrl('PUT', url, { body: 'after', headers: [['if-none-match', '*']] });
    subject.expectError({ status: 412, code: 'PreconditionFailed' });
    await t.expectObject(bucket, 'k', 'before');
  },
});
