import { defineCase, defineTable } from '../../engine/define-case.ts';
import { otherRegion } from '../../engine/other-region.ts';
import { preparedOperations, prepareRequest } from '../../fixtures/prepared-requests.ts';
import type { RawRequest } from '../../transports/raw.ts';
import { wrongByOneDigit } from '../../fixtures/wrong-signature.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html';
const errors = 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';
const described = {
  operation: 'PutObject',
  feature: 'sigv4',
  level: 'core',
  severity: 'critical',
  requires: ['auth-enforced'],
  reference,
  transport: 'raw',
} as const;

const minute = 60_000;

defineTable(preparedOperations, (operation) => ({
  ...described,
  id: `${operation}.sigv4.wrong-signature`,
  title: 'a request whose signature is wrong by one digit is refused, and nothing changes',
  operation,
  run: async (t) => {
    const { request, unchanged } = await prepareRequest(t, operation);
    const subject = await t.raw({ ...request, sign: { faults: { signature: wrongByOneDigit } } });
    subject.expectError({ status: 403, code: 'SignatureDoesNotMatch' });
    await unchanged();
  },
}));

const denied = { status: 403, code: 'AccessDenied' } as const;
const malformed = { status: 400, code: 'AuthorizationHeaderMalformed' } as const;
const mismatch = { status: 403, code: 'SignatureDoesNotMatch' } as const;

defineTable(
  [
    ['wrong-secret', mismatch, { secretAccessKey: 'another-secret' }],
    ['unknown-access-key', { status: 403, code: 'InvalidAccessKeyId' }, { accessKeyId: 'S3CNOSUCHACCESSKEY00' }],
    ['session-token-of-nobody', { status: 400, code: 'InvalidToken' }, { sessionToken: 'no-such-token' }],
  ] as const,
  ([condition, expected, credentials]) => ({
    ...described,
    id: `PutObject.sigv4.${condition}`,
    title: `${condition.replaceAll('-', ' ')}: ${String(expected.status)} ${expected.code}, and nothing is written`,
    level: condition === 'session-token-of-nobody' ? 'extended' : 'core',
    reference: errors,
    run: async (t) => {
      const bucket = await t.bucket();
      const sign = { credentials: { ...t.credentials, ...credentials } };
      const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'v', sign });
      subject.expectError(expected);
      await t.expectAbsent(bucket, 'k');
    },
  }),
);

defineCase({
  ...described,
  id: 'PutObject.sigv4.other-region',
  title: 'a scope of another region: 400 AuthorizationHeaderMalformed, and nothing is written',
  requires: ['auth-enforced', 'region-strict'],
  run: async (t) => {
    const bucket = await t.bucket();
    const region = otherRegion(t.region);
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'v', sign: { region } });
    subject.expectError(malformed);
    await t.expectAbsent(bucket, 'k');
  },
});

defineCase({
  ...described,
  id: 'PutObject.sigv4.two-mechanisms',
  title: 'a signature in the header and another in the query: 400 InvalidArgument, and nothing is written',
  level: 'extended',
  reference: errors,
  run: async (t) => {
    const bucket = await t.bucket();
    const path = t.path(bucket, 'k');
    const subject = await t.raw({ method: 'PUT', path, query: t.presignRaw('PUT', path), body: 'v' });
    subject.expectError({ status: 400, code: 'InvalidArgument' });
    await t.expectAbsent(bucket, 'k');
  },
});

/** Forms of a right signature that clients send. */
const accepted: readonly (readonly [string, string, Partial<RawRequest>])[] = [
  [
    'commas-without-spaces',
    'the parts of Authorization may stand without spaces',
    { sign: { faults: { authorization: (value) => value.replaceAll(', ', ',') } } },
  ],
  ['unsigned-payload', 'UNSIGNED-PAYLOAD leaves the body out of the signature', { payload: 'unsigned' }],
  ['ten-minutes-old', 'a clock may be ten minutes slow', { sign: { dateOffsetMs: -10 * minute } }],
  ['ten-minutes-early', 'a clock may be ten minutes fast', { sign: { dateOffsetMs: 10 * minute } }],
  [
    'header-not-of-amazon-unsigned',
    'headers other than host and x-amz- need no signature',
    {
      headers: [['content-type', 'text/plain']],
      sign: { isSigned: (name) => name === 'host' || name.startsWith('x-amz-') },
    },
  ],
  [
    'header-with-spaces',
    'spaces around the value of a header are not signed',
    { headers: [['x-amz-meta-a', '   b  ']] },
  ],
  ['query-not-in-order', 'a query may be sent in any order', { query: 'x-id=PutObject&a=2&a=1' }],
];

defineTable(accepted, ([condition, title, request]) => ({
  ...described,
  id: `PutObject.sigv4.${condition}`,
  title,
  severity: 'major',
  requires: [],
  level: condition === 'query-not-in-order' ? 'extended' : 'core',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), body: 'v', ...request });
    subject.expectOk(200);
    await t.expectObject(bucket, 'k', 'v');
  },
}));

defineTable(
  [
    ['without-payload-hash', 'x-amz-content-sha256', { status: 400, code: 'InvalidRequest' }],
    ['without-date', 'x-amz-date', denied],
  ] as const,
  ([condition, header, expected]) => ({
    ...described,
    id: `PutObject.sigv4.${condition}`,
    title: `no ${header}: ${String(expected.status)} ${expected.code}, and nothing is written`,
    run: async (t) => {
      const bucket = await t.bucket();
      const subject = await t.raw({
        method: 'PUT',
        path: t.path(bucket, 'k'),
        body: 'v',
        sign: { isSigned: (name) => name !== header },
        steps: (head, body) => [{ send: head.replace(new RegExp(`${header}: .*\r\n`), '') }, { send: body }],
      });
      subject.expectError(expected);
      await t.expectAbsent(bucket, 'k');
    },
  }),
);
