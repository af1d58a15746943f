import { defineTable } from '../../engine/define-case.ts';
import type { RawRequest, RawSigning } from '../../transports/raw.ts';

const minute = 60_000;

interface Fault {
  readonly condition: string;
  readonly title: string;
  readonly status: 400 | 403;
  readonly code: string;
  readonly sign?: RawSigning;
  readonly request?: Partial<RawRequest>;
  readonly level?: 'extended';
}

const mismatch = { status: 403, code: 'SignatureDoesNotMatch' } as const;
const malformed = { status: 400, code: 'AuthorizationHeaderMalformed' } as const;
const denied = { status: 403, code: 'AccessDenied' } as const;
const replaced =
  (pattern: RegExp, text: string) =>
  (value: string): string =>
    value.replace(pattern, text);

/** Each breaks one thing of a PUT that is right otherwise. */
const faults: readonly Fault[] = [
  {
    condition: 'short-signature',
    title: 'a signature that lacks its last digit',
    ...mismatch,
    sign: { faults: { signature: (hex) => hex.slice(0, -1) } },
  },
  {
    condition: 'other-method',
    title: 'signed for GET, sent as PUT',
    ...mismatch,
    sign: { faults: { canonicalRequest: replaced(/^PUT/, 'GET') } },
  },
  {
    condition: 'other-key',
    title: 'signed for another key',
    ...mismatch,
    sign: { faults: { canonicalRequest: replaced(/\/k\n/, '/j\n') } },
  },
  {
    condition: 'query-added',
    title: 'a query that was not signed',
    ...mismatch,
    request: { query: [['x-id', 'PutObject']] },
    sign: { faults: { canonicalRequest: replaced(/x-id=PutObject/, '') } },
  },
  {
    condition: 'header-changed',
    title: 'a header whose value is not the signed one',
    ...mismatch,
    request: { headers: [['x-amz-meta-role', 'admin']] },
    sign: { faults: { canonicalRequest: replaced(/x-amz-meta-role:admin/, 'x-amz-meta-role:guest') } },
  },
  {
    condition: 'other-host',
    title: 'signed for another host',
    ...mismatch,
    sign: { faults: { canonicalRequest: replaced(/host:[^\n]*/, 'host:elsewhere.example.com') } },
  },
  {
    condition: 'other-payload-hash',
    title: 'the hash that is signed is not the one that is sent',
    ...mismatch,
    sign: { faults: { canonicalRequest: replaced(/\n[0-9a-f]{64}$/, `\n${'0'.repeat(64)}`) } },
  },
  {
    condition: 'key-of-another-day',
    title: 'the signing key of another day than the scope says',
    ...mismatch,
    sign: { faults: { stringToSign: replaced(/\n\d{8}\//, '\n20200101/') } },
  },
  {
    condition: 'other-service',
    title: 'a scope of another service',
    ...malformed,
    sign: { service: 'ec2' },
  },
  {
    condition: 'other-terminator',
    title: 'a scope that does not end in aws4_request',
    ...malformed,
    sign: { faults: { scope: replaced(/aws4_request$/, 'aws5_request') } },
  },
  {
    condition: 'scope-of-another-day',
    title: 'a scope of another day than x-amz-date',
    ...malformed,
    sign: { faults: { scope: replaced(/^\d{8}/, '20200101') } },
  },
  {
    condition: 'scope-without-a-day',
    title: 'a scope whose date is none',
    ...malformed,
    sign: { faults: { scope: replaced(/^\d{8}/, 'today') } },
  },
  {
    condition: 'scope-too-short',
    title: 'a scope without region and service',
    ...malformed,
    sign: { faults: { scope: replaced(/\/.*\//, '/') } },
  },
  {
    condition: 'no-credential',
    title: 'no Credential',
    ...malformed,
    sign: { faults: { authorization: replaced(/Credential=[^,]*, /, '') } },
  },
  {
    condition: 'no-signed-headers',
    title: 'no SignedHeaders',
    ...malformed,
    sign: { faults: { authorization: replaced(/SignedHeaders=[^,]*, /, '') } },
  },
  {
    condition: 'no-signature',
    title: 'no Signature',
    ...malformed,
    sign: { faults: { authorization: replaced(/, Signature=.*/, '') } },
  },
  {
    condition: 'bearer-token',
    title: 'an authorization of another kind',
    status: 400,
    code: 'InvalidArgument',
    sign: { faults: { authorization: () => 'Bearer abc.def' } },
    level: 'extended',
  },
  {
    condition: 'twenty-minutes-old',
    title: 'signed twenty minutes ago',
    status: 403,
    code: 'RequestTimeTooSkewed',
    sign: { dateOffsetMs: -20 * minute },
  },
  {
    condition: 'twenty-minutes-early',
    title: 'signed for twenty minutes from now',
    status: 403,
    code: 'RequestTimeTooSkewed',
    sign: { dateOffsetMs: 20 * minute },
  },
  {
    condition: 'date-malformed',
    title: 'an x-amz-date that is none',
    ...denied,
    request: { headers: [['x-amz-date', 'yesterday']] },
  },
  {
    condition: 'header-not-signed',
    title: 'an x-amz- header that is not signed',
    ...denied,
    request: { headers: [['x-amz-meta-role', 'admin']] },
    sign: { isSigned: (name) => name !== 'x-amz-meta-role' },
  },
  {
    condition: 'payload-hash-malformed',
    title: 'an x-amz-content-sha256 that is neither a hash nor a known word',
    status: 400,
    code: 'InvalidArgument',
    request: { payload: 'no-hash' },
  },
];

defineTable(faults, ({ condition, title, status, code, sign, request, level }) => ({
  id: `PutObject.sigv4.${condition}`,
  title: `${title}: ${String(status)} ${code}, and nothing is written`,
  operation: 'PutObject',
  feature: 'sigv4',
  level: level ?? 'core',
  severity: 'critical',
  requires: ['auth-enforced'],
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const put = { method: 'PUT', path: t.path(bucket, 'k'), body: 'after', ...request };
    const subject = await t.raw({ ...put, ...(sign !== undefined && { sign }) });
    subject.expectError({ status, code });
    await t.expectObject(bucket, 'k', 'before');
  },
}));
