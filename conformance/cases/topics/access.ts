import { defineTable } from '../../engine/define-case.ts';
import { CaseMistake } from '../../engine/failure.ts';
import { preparedOperations, prepareRequest, type PreparedOperation } from '../../fixtures/prepared-requests.ts';

const described = {
  level: 'core',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-management.html',
  transport: 'raw',
} as const;

/** The others have such cases in their own files. */
const knownAnonymous: readonly PreparedOperation[] = ['ListObjects', 'ListObjectsV2', 'DeleteObjects'];
const knownSecond: readonly PreparedOperation[] = [
  'ListObjects',
  'ListObjectsV2',
  'GetObjectTagging',
  'PutObjectTagging',
  'DeleteObjectTagging',
];

defineTable(
  preparedOperations.filter((operation) => !knownAnonymous.includes(operation)),
  (operation) => ({
    ...described,
    id: `${operation}.anonymous.refused`,
    title: 'without a signature: 403, and nothing changes',
    operation,
    feature: 'anonymous',
    requires: ['anonymous', 'auth-enforced'],
    run: async (t) => {
      const { request, unchanged } = await prepareRequest(t, operation);
      (await t.rawUnsigned(request)).expectError({ status: 403, code: 'AccessDenied' });
      await unchanged();
    },
  }),
);

defineTable(
  preparedOperations.filter((operation) => !knownSecond.includes(operation)),
  (operation) => ({
    ...described,
    id: `${operation}.second-account.refused`,
    title: 'another account, to which nothing was granted: 403, and nothing changes',
    operation,
    feature: 'second-account',
    requires: ['second-account', 'auth-enforced'],
    run: async (t) => {
      const { request, unchanged } = await prepareRequest(t, operation);
      const credentials = t.target.options.secondCredentials;
      if (credentials === undefined) throw new CaseMistake('second-account is required, but there is none');
      const subject = await t.raw({ ...request, sign: { credentials } });
      subject.expectError({ status: 403, code: 'AccessDenied' });
      await unchanged();
    },
  }),
);
