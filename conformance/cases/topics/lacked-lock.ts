import { defineCase, defineTable } from '../../engine/define-case.ts';
import { expectNeverHonoured, expectShownOrRefused, writingOperations } from '../../fixtures/asked-with-headers.ts';
import { expectHonouredOrRefused } from '../../fixtures/lacked-feature.ts';
import { prepareRequest } from '../../fixtures/prepared-requests.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const lock = 'x-amz-object-lock';
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html';
const described = { feature: 'header-refusal', severity: 'critical', reference, transport: 'raw' } as const;

/** A bucket without Object Lock takes none of these. */
const lockRows = [
  [
    'governance',
    [
      [`${lock}-mode`, 'GOVERNANCE'],
      [`${lock}-retain-until-date`, tomorrow],
    ],
    'core',
  ],
  [
    'compliance',
    [
      [`${lock}-mode`, 'COMPLIANCE'],
      [`${lock}-retain-until-date`, tomorrow],
    ],
    'core',
  ],
  ['mode-without-date', [[`${lock}-mode`, 'GOVERNANCE']], 'extended'],
  [
    'event-hold-days',
    [
      [`${lock}-event-hold`, 'ON'],
      [`${lock}-event-hold-duration-days`, '1'],
    ],
    'optional',
  ],
  [
    'event-hold-years',
    [
      [`${lock}-event-hold`, 'ON'],
      [`${lock}-event-hold-duration-years`, '1'],
    ],
    'optional',
  ],
] as const;

defineTable(
  writingOperations.flatMap((operation) => lockRows.map((row) => [operation, ...row] as const)),
  ([operation, condition, headers, level]) => ({
    ...described,
    id: `${operation}.object-lock.${condition}`,
    title: `${condition.replaceAll('-', ' ')} in a bucket without Object Lock is refused, and nothing is written`,
    operation,
    level,
    run: (t) => expectNeverHonoured(t, operation, headers),
  }),
);

defineTable(['DeleteObject', 'DeleteObjects'] as const, (operation) => ({
  ...described,
  id: `${operation}.object-lock.bypass-without-lock`,
  title: 'bypassing a retention that there cannot be is refused, and nothing is deleted',
  operation,
  level: 'extended',
  severity: 'minor',
  run: (t) => expectNeverHonoured(t, operation, [['x-amz-bypass-governance-retention', 'true']]),
}));

/** Headers that S3 has for directory buckets alone, with values that do not hold here. */
const directoryRows = [
  ['DeleteObject', 'if-match-size', ['x-amz-if-match-size', '7']],
  [
    'DeleteObject',
    'if-match-last-modified-time',
    ['x-amz-if-match-last-modified-time', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ],
  [
    'AbortMultipartUpload',
    'if-match-initiated-time',
    ['x-amz-if-match-initiated-time', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ],
] as const;

defineTable(directoryRows, ([operation, condition, header]) => ({
  ...described,
  id: `${operation}.directory-bucket.${condition}`,
  title: `${condition.replaceAll('-', ' ')}, which only directory buckets have, is held or refused, never passed over`,
  operation,
  level: 'extended',
  reference: apiPage(operation),
  run: async (t) => {
    const { request, unchanged } = await prepareRequest(t, operation);
    const subject = await t.raw({ ...request, headers: [header] });
    // A server that has the condition says that it does not hold; one that lacks it says so.
    if (subject.status === 412) subject.expectError({ status: 412, code: 'PreconditionFailed' });
    else subject.expectError({ status: 501, code: 'NotImplemented' });
    await unchanged();
  },
}));

defineCase({
  ...described,
  id: 'PutObject.directory-bucket.write-offset-bytes',
  title: 'an append, which only directory buckets have, is done or refused, and never an overwrite',
  operation: 'PutObject',
  level: 'extended',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const headers = [['x-amz-write-offset-bytes', '6']] as const;
    const subject = await t.raw({ method: 'PUT', path: t.path(bucket, 'k'), headers, body: ' and after' });
    await expectHonouredOrRefused(t, subject, {
      honoured: () => t.expectObject(bucket, 'k', 'before and after'),
      unchanged: () => t.expectObject(bucket, 'k', 'before'),
    });
  },
});

defineTable(
  writingOperations.flatMap((operation) =>
    (['GLACIER', 'INTELLIGENT_TIERING', 'STANDARD_IA'] as const).map((name) => [operation, name] as const),
  ),
  ([operation, storageClass]) => ({
    ...described,
    id: `${operation}.storage-class.${storageClass.toLowerCase().replace('_', '-')}`,
    title: `storage class ${storageClass} is what the object has then, or it is refused`,
    operation,
    feature: 'storage-class',
    level: 'extended',
    severity: 'major',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html',
    clients: ['velero'],
    run: (t) =>
      expectShownOrRefused(
        t,
        operation,
        [['x-amz-storage-class', storageClass]],
        ['x-amz-storage-class', new RegExp(`^${storageClass}$`)],
      ),
  }),
);
