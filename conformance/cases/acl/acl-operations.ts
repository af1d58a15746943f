import type { AccessControlPolicy, GetBucketAclCommandOutput, ObjectCannedACL } from '@aws-sdk/client-s3';
import type { OperationName } from '../../catalogue.ts';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineCase, defineTable, type CaseDefinition } from '../../engine/define-case.ts';
import type { S3Command } from '../../transports/sdk.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

type AclOutput = Pick<GetBucketAclCommandOutput, 'Owner' | 'Grants'>;

/** The ACL of a bucket, or of the object `k` in it. */
export interface AclOperations<GetOutput extends AclOutput, PutOutput> {
  readonly get: OperationName;
  readonly put: OperationName;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly getCommand: (bucket: string) => S3Command<GetOutput>;
  readonly putPolicy: (bucket: string, policy: AccessControlPolicy) => S3Command<PutOutput>;
}

const ownership = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html';
const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';

const pathOf = (t: CaseContext, bucket: string, key: string): string => t.path(bucket, key === '' ? undefined : key);

/** Owner, and each grant as type, grantee and permission. */
function factsOf(output: AclOutput | undefined): unknown {
  const grants = output?.Grants?.map(({ Grantee, Permission }) => [
    Grantee?.Type,
    Grantee?.ID ?? Grantee?.URI,
    Permission,
  ]);
  return { owner: output?.Owner?.ID, grants };
}

async function fixture(t: CaseContext): Promise<string> {
  const bucket = await t.bucket();
  await t.put(bucket, 'k', 'v');
  return bucket;
}

export function defineAclReads<G extends AclOutput, P>(operations: AclOperations<G, P>): void {
  const { get: operation, key, getCommand } = operations;
  const reference = apiPage(operation);
  const described = { operation, feature: 'acl', level: 'core', reference } as const;
  defineCase({
    ...described,
    id: `${operation}.acl.default`,
    title: 'by default the owner has full control, and nobody else has anything',
    severity: 'critical',
    run: async (t) => {
      const bucket = await fixture(t);
      const get = await t.subject(getCommand(bucket));
      const output = get.expectOk();
      get.expectRoot('AccessControlPolicy');
      const owner = output.Owner?.ID;
      t.expectMatch(owner, /\S/, 'Owner.ID');
      t.expectEqual(factsOf(output), { owner, grants: [['CanonicalUser', owner, 'FULL_CONTROL']] }, 'ACL');
    },
  });
  defineCase({
    ...described,
    id: `${operation}.acl.query-without-equals-sign`,
    title: '?acl without "=" is the ACL, no listing and no object',
    severity: 'critical',
    transport: 'raw',
    run: async (t) => {
      const bucket = await fixture(t);
      const get = await t.raw({ method: 'GET', path: pathOf(t, bucket, key), query: 'acl' });
      get.expectOk(200);
      get.expectRoot('AccessControlPolicy');
      get.expectHeader('content-type', /^application\/xml/);
    },
  });
}

export function defineAclWrites<G extends AclOutput, P>(operations: AclOperations<G, P>): void {
  const { put: operation } = operations;
  const reference = apiPage(operation);
  const described = { operation, feature: 'acl', reference } as const;
  defineRefusals(described, operations);
  defineCase({
    ...described,
    id: `${operation}.acl.owner-alone`,
    title: 'the ACL as it was read can be put back, and stays',
    level: 'core',
    severity: 'major',
    run: async (t) => {
      const bucket = await fixture(t);
      const { Owner = {}, Grants = [] } = await t.setup(operations.getCommand(bucket));
      t.expectMatch(Owner.ID, /\S/, 'Owner.ID');
      (await t.subject(operations.putPolicy(bucket, { Owner, Grants }))).expectOk();
      const { output } = await t.observe(operations.getCommand(bucket));
      t.expectEqual(factsOf(output), factsOf({ Owner, Grants }), 'ACL', 'ignored');
    },
  });
  defineCase({
    ...described,
    id: `${operation}.acl.stored`,
    title: 'where ACLs are enabled, public-read is kept and shown',
    level: 'extended',
    severity: 'critical',
    requires: ['acl-enabled'],
    transport: 'raw',
    run: async (t) => {
      const bucket = await fixture(t);
      (await putCanned(t, operations, bucket, 'public-read')).expectOk(200);
      const { output } = await t.observe(operations.getCommand(bucket));
      const isPublic = output?.Grants?.some(
        ({ Grantee, Permission }) => Grantee?.URI === allUsers && Permission === 'READ',
      );
      t.expectEqual(isPublic, true, 'READ for everyone', 'ignored');
    },
  });
}

function putCanned<G extends AclOutput, P>(
  t: CaseContext,
  { key }: AclOperations<G, P>,
  bucket: string,
  acl: ObjectCannedACL | (string & {}),
): ReturnType<CaseContext['raw']> {
  return t.raw({ method: 'PUT', path: pathOf(t, bucket, key), query: 'acl', headers: [['x-amz-acl', acl]] });
}

const grantToAll = `uri="${allUsers}"`;
const policyForAll = (owner: string): string =>
  `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>${owner}</ID></Owner>` +
  '<AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group">' +
  `<URI>${allUsers}</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`;

interface Refusal {
  readonly condition: string;
  readonly code: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: (owner: string) => string;
  readonly level?: 'extended';
}

const notSupported = 'AccessControlListNotSupported';
const refusals: readonly Refusal[] = [
  { condition: 'public-read', code: notSupported, headers: [['x-amz-acl', 'public-read']] },
  { condition: 'public-read-write', code: notSupported, headers: [['x-amz-acl', 'public-read-write']] },
  { condition: 'authenticated-read', code: notSupported, headers: [['x-amz-acl', 'authenticated-read']] },
  { condition: 'header-grant-to-everyone', code: notSupported, headers: [['x-amz-grant-read', grantToAll]] },
  { condition: 'document-grant-to-everyone', code: notSupported, body: policyForAll },
  { condition: 'no-canned-acl', code: 'InvalidArgument', headers: [['x-amz-acl', 'nobody']], level: 'extended' },
  { condition: 'not-well-formed', code: 'MalformedACLError', body: () => '<AccessControlPolicy>', level: 'extended' },
];

function defineRefusals<G extends AclOutput, P>(
  described: Pick<CaseDefinition, 'operation' | 'feature' | 'reference'>,
  { put: operation, key, getCommand }: AclOperations<G, P>,
): void {
  defineTable(refusals, ({ condition, code, headers = [], body, level }) => ({
    ...described,
    id: `${operation}.acl.${condition}`,
    title: `${condition.replaceAll('-', ' ')}: 400 ${code}, and the ACL stays as it was`,
    level: level ?? 'core',
    severity: code === notSupported ? 'critical' : 'minor',
    requires: code === notSupported ? ['acl-enforced-owner'] : [],
    reference: code === notSupported ? ownership : described.reference,
    transport: 'raw',
    run: async (t) => {
      const bucket = await fixture(t);
      const before = await t.setup(getCommand(bucket));
      const document = body?.(before.Owner?.ID ?? '');
      const put = await t.raw({
        method: 'PUT',
        path: pathOf(t, bucket, key),
        query: 'acl',
        headers,
        ...(document !== undefined && { body: document }),
      });
      put.expectError({ status: 400, code });
      const { output } = await t.observe(getCommand(bucket));
      t.expectEqual(factsOf(output), factsOf(before), 'ACL', 'state-damaged');
      await t.expectObject(bucket, 'k', 'v');
    },
  }));
}
