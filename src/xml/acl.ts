import { isS3Error, S3Error } from '../errors/s3-error.ts';
import { permissions, type Grant } from '../s3/acl.ts';
import type { Owner } from '../s3/owner.ts';
import { childNamed, childrenNamed, childText, parseXml, requireShape, type XmlElement } from './read.ts';
import { malformedXml } from './well-formed.ts';
import { element, s3Root, writeXml, type XmlNode } from './write.ts';

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * The ACL that everything has under BucketOwnerEnforced.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html
 */
export function ownerAclDocument(owner: Owner): string {
  const grantee = element('Grantee', person(owner), { 'xmlns:xsi': schemaInstance, 'xsi:type': 'CanonicalUser' });
  const grant = element('Grant', [grantee, element('Permission', 'FULL_CONTROL')]);
  return writeXml(
    s3Root('AccessControlPolicy', [element('Owner', person(owner)), element('AccessControlList', [grant])]),
  );
}

function person({ id, displayName }: Owner): XmlNode[] {
  return [element('ID', id), element('DisplayName', displayName)];
}

export interface AccessControlPolicy {
  readonly ownerId: string;
  readonly grants: readonly Grant[];
}

/** Throws MalformedACLError. */
export function parseAccessControlPolicy(text: string): AccessControlPolicy {
  try {
    const root = parseXml(text);
    requireShape(root, 'AccessControlPolicy', ['Owner', 'AccessControlList']);
    const owner = childNamed(root, 'Owner');
    const list = childNamed(root, 'AccessControlList');
    if (owner === undefined || list === undefined) throw malformedXml();
    requireShape(owner, 'Owner', ['ID', 'DisplayName']);
    requireShape(list, 'AccessControlList', ['Grant']);
    return { ownerId: requiredText(owner, 'ID'), grants: childrenNamed(list, 'Grant').map(parseGrant) };
  } catch (error) {
    if (isS3Error(error, 'MalformedXML')) throw new S3Error('MalformedACLError', { cause: error });
    throw error;
  }
}

/** What names a grantee of each type. */
const granteeNames = new Map([
  ['CanonicalUser', 'ID'],
  ['Group', 'URI'],
  ['AmazonCustomerByEmail', 'EmailAddress'],
]);

function parseGrant(grant: XmlElement): Grant {
  requireShape(grant, 'Grant', ['Grantee', 'Permission']);
  const grantee = childNamed(grant, 'Grantee');
  const text = childText(grant, 'Permission');
  const permission = permissions.find((candidate) => candidate === text);
  if (grantee === undefined || permission === undefined) throw malformedXml();
  const type = [...grantee.attributes].find(([name]) => name.endsWith(':type'))?.[1] ?? '';
  const name = granteeNames.get(type);
  if (name === undefined) throw malformedXml();
  requireShape(grantee, 'Grantee', [name, 'DisplayName']);
  return { permission, grantee: requiredText(grantee, name) };
}

function requiredText(parent: XmlElement, name: string): string {
  const text = childText(parent, name);
  if (text === undefined || text === '') throw malformedXml();
  return text;
}
