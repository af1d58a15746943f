import { defineTable } from '../../engine/define-case.ts';
import { writingOperations } from '../../fixtures/asked-with-headers.ts';
import { prepareRequest } from '../../fixtures/prepared-requests.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html';
const everyone = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';
const described = { feature: 'acl', requires: ['acl-enforced-owner'], reference, transport: 'raw' } as const;

const refused = [
  ['public-read', 'x-amz-acl', 'public-read', 'core'],
  ['authenticated-read', 'x-amz-acl', 'authenticated-read', 'extended'],
  ['grant-read', 'x-amz-grant-read', everyone, 'core'],
  ['grant-full-control', 'x-amz-grant-full-control', everyone, 'extended'],
  ['grant-read-acp', 'x-amz-grant-read-acp', everyone, 'extended'],
  ['grant-write-acp', 'x-amz-grant-write-acp', everyone, 'extended'],
] as const;

defineTable(
  writingOperations.flatMap((operation) => refused.map((row) => [operation, ...row] as const)),
  ([operation, condition, header, value, level]) => ({
    ...described,
    id: `${operation}.acl.${condition}`,
    title: `${condition.replaceAll('-', ' ')} where ACLs are disabled: 400, and nothing is written`,
    operation,
    level,
    severity: 'critical',
    run: async (t) => {
      const { request, unchanged } = await prepareRequest(t, operation);
      const subject = await t.raw({ ...request, headers: [...(request.headers ?? []), [header, value]] });
      subject.expectError({ status: 400, code: 'AccessControlListNotSupported' });
      await unchanged();
    },
  }),
);

defineTable(writingOperations, (operation) => ({
  ...described,
  id: `${operation}.acl.bucket-owner-full-control`,
  title: 'bucket-owner-full-control is taken where ACLs are disabled: it says what is so anyway',
  operation,
  level: 'core',
  severity: 'major',
  clients: ['s3a', 'aws-cli'],
  run: async (t) => {
    const { request, done } = await prepareRequest(t, operation);
    const headers = [...(request.headers ?? []), ['x-amz-acl', 'bucket-owner-full-control'] as const];
    const subject = await t.raw({ ...request, headers });
    subject.expectOk();
    await done(subject);
  },
}));
