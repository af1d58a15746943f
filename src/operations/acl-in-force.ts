import { S3Error } from '../errors/s3-error.ts';
import { checkAclHeaders, isAclInForce } from '../s3/acl.ts';
import { ownerId } from '../s3/owner.ts';
import { parseAccessControlPolicy } from '../xml/acl.ts';
import type { ServiceContext } from './operation.ts';
import { readXmlBody } from './xml-body.ts';

/**
 * A put of an ACL changes nothing under BucketOwnerEnforced, so only what is in force may be put. Throws
 * AccessControlListNotSupported for any other, MalformedACLError, UnexpectedContent (headers and a body),
 * MissingSecurityHeader (neither).
 */
export async function requireAclInForce({ request, body }: ServiceContext, userName: string): Promise<void> {
  const owner = ownerId(userName);
  const isInHeaders = checkAclHeaders(request, owner, 'AccessControlListNotSupported');
  const text = await readXmlBody(body);
  if (text.trim() === '') {
    if (!isInHeaders) throw new S3Error('MissingSecurityHeader', { details: { MissingHeaderName: 'x-amz-acl' } });
    return;
  }
  if (isInHeaders) throw new S3Error('UnexpectedContent');
  const policy = parseAccessControlPolicy(text);
  if (policy.ownerId !== owner || !isAclInForce(policy.grants, owner)) {
    throw new S3Error('AccessControlListNotSupported');
  }
}
