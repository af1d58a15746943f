import { defineTable } from '../../engine/define-case.ts';
import { expectNeverHonoured, expectShownOrRefused, writingOperations } from '../../fixtures/asked-with-headers.ts';
import { md5Base64 } from '../../fixtures/digests.ts';
import { expectHonouredOrRefused } from '../../fixtures/lacked-feature.ts';
import { prepareRequest, type PreparedOperation } from '../../fixtures/prepared-requests.ts';
import type { HeaderPair } from '../../transports/sigv4.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const kms = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html';
const customerKey = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html';
const sse = 'x-amz-server-side-encryption';
const withKms: HeaderPair = [sse, 'aws:kms'];

const kmsRows = [
  ['kms-key', [withKms, [`${sse}-aws-kms-key-id`, '1234abcd-12ab-34cd-56ef-1234567890ab']], sse, /^aws:kms$/],
  ['kms-context', [withKms, [`${sse}-context`, 'eyJhIjoiMSJ9']], sse, /^aws:kms$/],
  ['bucket-key', [withKms, [`${sse}-bucket-key-enabled`, 'true']], `${sse}-bucket-key-enabled`, /^true$/],
  ['kms-dsse', [[sse, 'aws:kms:dsse']], sse, /^aws:kms:dsse$/],
] as const;

defineTable(
  writingOperations.flatMap((operation) => kmsRows.map((row) => [operation, ...row] as const)),
  ([operation, condition, headers, shown, value]) => ({
    id: `${operation}.server-side-encryption.${condition}`,
    title: `${condition.replace('-', ' ')} is honoured or refused, never passed over`,
    operation,
    feature: 'header-refusal',
    level: 'extended',
    severity: 'critical',
    reference: kms,
    transport: 'raw',
    run: (t) => expectShownOrRefused(t, operation, headers, [shown, value]),
  }),
);

defineTable(writingOperations, (operation) => ({
  id: `${operation}.server-side-encryption.unknown`,
  title: 'an encryption that there is not is refused, and nothing is written in the clear',
  operation,
  feature: 'header-refusal',
  level: 'core',
  severity: 'critical',
  reference: apiPage(operation),
  transport: 'raw',
  run: (t) => expectNeverHonoured(t, operation, [[sse, 'ROT13']]),
}));

const key = Buffer.alloc(32, 7);

function customerHeaders(prefix: string): readonly HeaderPair[] {
  return [
    [`${prefix}-algorithm`, 'AES256'],
    [`${prefix}-key`, key.toString('base64')],
    [`${prefix}-key-MD5`, md5Base64(key)],
  ];
}

/** What was not written with the customer's key cannot be read, continued or completed with it. */
const readWithKey: readonly PreparedOperation[] = [
  'GetObject',
  'HeadObject',
  'GetObjectAttributes',
  'UploadPart',
  'UploadPartCopy',
];

defineTable(readWithKey, (operation) => ({
  id: `${operation}.server-side-encryption.customer-key-not-applicable`,
  title: 'a customer key for what was written without one is refused, never passed over',
  operation,
  feature: 'header-refusal',
  level: 'core',
  severity: 'critical',
  reference: customerKey,
  transport: 'raw',
  run: (t) => expectNeverHonoured(t, operation, customerHeaders(`${sse}-customer`)),
}));

defineTable(['CopyObject', 'UploadPartCopy'] as const, (operation) => ({
  id: `${operation}.server-side-encryption.source-key-not-applicable`,
  title: 'a customer key for a source that was written without one is refused, and nothing is copied',
  operation,
  feature: 'header-refusal',
  level: 'core',
  severity: 'critical',
  reference: apiPage(operation),
  transport: 'raw',
  run: (t) => expectNeverHonoured(t, operation, customerHeaders('x-amz-copy-source-server-side-encryption-customer')),
}));

defineTable(['CopyObject', 'CreateMultipartUpload'] as const, (operation) => ({
  id: `${operation}.server-side-encryption.customer-key`,
  title: 'a key of the customer is used or refused, never passed over',
  operation,
  feature: 'header-refusal',
  level: 'core',
  severity: 'critical',
  reference: customerKey,
  transport: 'raw',
  run: async (t) => {
    const { request, unchanged } = await prepareRequest(t, operation);
    const headers = [...(request.headers ?? []), ...customerHeaders(`${sse}-customer`)];
    const subject = await t.raw({ ...request, headers });
    await expectHonouredOrRefused(t, subject, {
      honoured: () => {
        subject.expectHeader(`${sse}-customer-algorithm`, 'AES256');
        return Promise.resolve();
      },
      unchanged,
    });
  },
}));
