import { S3Error } from '../errors/s3-error.ts';
import type { RequestHead } from './request-head.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const cannedAcls = [
  'private',
  'public-read',
  'public-read-write',
  'aws-exec-read',
  'authenticated-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
];
/** The canned ACLs that say what is so anyway where the bucket owner is enforced. */
const cannedInForce = ['private', 'bucket-owner-full-control'];

const grantHeaders = [
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
];
const grantee = /^\s*(id|uri|emailAddress)\s*=\s*(?:"([^"]*)"|([^\s",]+))\s*$/;

export const permissions = ['FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP'] as const;
export type Permission = (typeof permissions)[number];

export interface Grant {
  readonly permission: Permission;
  /** Canonical user id, group's URI or e-mail address. */
  readonly grantee: string;
}

/** How a refused ACL is answered: CreateBucket has an answer of its own. */
export type AclRefusal = 'AccessControlListNotSupported' | 'InvalidBucketAclWithObjectOwnership';

/** Whether an ACL is the only one there is under BucketOwnerEnforced: the owner, with full control. */
export function isAclInForce(grants: readonly Grant[], owner: string): boolean {
  return grants.length > 0 && grants.every((grant) => grant.permission === 'FULL_CONTROL' && grant.grantee === owner);
}

/**
 * The ACL headers of a write, under BucketOwnerEnforced: says whether there are any, and throws unless they ask for
 * what is in force anyway. `owner` is the canonical user id of the bucket's owner. Throws InvalidArgument for what is
 * no ACL, InvalidRequest for both forms at once, and `refusal` for any other ACL.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
 */
export function checkAclHeaders(head: RequestHead, owner: string, refusal: AclRefusal): boolean {
  const canned = head.header('x-amz-acl') || undefined;
  const grants = grantHeaders.flatMap((name) => parseGrantHeader(name, head.header(name)));
  if (canned === undefined && grants.length === 0) return false;
  if (canned !== undefined && grants.length > 0) {
    throw new S3Error('InvalidRequest', {
      message: 'Specifying both Canned ACLs and Header Grants is not allowed',
    });
  }
  if (canned !== undefined && !cannedAcls.includes(canned)) {
    throw new S3Error('InvalidArgument', { details: { ArgumentName: 'x-amz-acl', ArgumentValue: canned } });
  }
  const inForce = canned === undefined ? isAclInForce(grants, owner) : cannedInForce.includes(canned);
  if (!inForce) throw new S3Error(refusal);
  return true;
}

/** `id="…", uri="…"`: who is granted what the header is named for. */
function parseGrantHeader(name: string, value: string | undefined): readonly Grant[] {
  if (value === undefined) return [];
  const permission = name.slice('x-amz-grant-'.length).replaceAll('-', '_').toUpperCase() as Permission;
  return value.split(',').map((member) => {
    const match = grantee.exec(member);
    if (match === null) {
      throw new S3Error('InvalidArgument', {
        message: 'Argument format not recognized',
        details: { ArgumentName: name, ArgumentValue: value },
      });
    }
    return { permission, grantee: match[2] ?? match[3] ?? '' };
  });
}
