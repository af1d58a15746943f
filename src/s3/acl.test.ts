import { describe, expect, it } from '@jest/globals';
import { checkAclHeaders, isAclInForce, type Grant } from './acl.ts';
import { requestHead } from './request-head.ts';

const owner = 'a'.repeat(64);

function verdict(headers: Record<string, string>): unknown {
  try {
    return checkAclHeaders(requestHead(headers), owner, 'AccessControlListNotSupported');
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('checkAclHeaders', () => {
  it.each<[string, Record<string, string>, unknown]>([
    ['no header', {}, false],
    ['an empty header', { 'x-amz-acl': '' }, false],
    ['private', { 'x-amz-acl': 'private' }, true],
    ['bucket-owner-full-control', { 'x-amz-acl': 'bucket-owner-full-control' }, true],
    ['public-read', { 'x-amz-acl': 'public-read' }, 'AccessControlListNotSupported'],
    ['public-read-write', { 'x-amz-acl': 'public-read-write' }, 'AccessControlListNotSupported'],
    ['authenticated-read', { 'x-amz-acl': 'authenticated-read' }, 'AccessControlListNotSupported'],
    ['log-delivery-write', { 'x-amz-acl': 'log-delivery-write' }, 'AccessControlListNotSupported'],
    ['no canned ACL', { 'x-amz-acl': 'privatee' }, 'InvalidArgument'],
    ['a canned ACL in capitals', { 'x-amz-acl': 'PRIVATE' }, 'InvalidArgument'],
    ['the owner granted all', { 'x-amz-grant-full-control': `id="${owner}"` }, true],
    ['the owner granted all, without quotes', { 'x-amz-grant-full-control': `id=${owner}` }, true],
    ['another granted all', { 'x-amz-grant-full-control': 'id="b"' }, 'AccessControlListNotSupported'],
    ['the owner and another', { 'x-amz-grant-full-control': `id=${owner}, id=b` }, 'AccessControlListNotSupported'],
    ['the owner granted to read', { 'x-amz-grant-read': `id=${owner}` }, 'AccessControlListNotSupported'],
    [
      'everybody granted to read',
      { 'x-amz-grant-read': 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' },
      'AccessControlListNotSupported',
    ],
    [
      'all to the owner, and more',
      { 'x-amz-grant-full-control': `id=${owner}`, 'x-amz-grant-write-acp': 'id=b' },
      'AccessControlListNotSupported',
    ],
    ['a grant to nobody', { 'x-amz-grant-read': '' }, 'InvalidArgument'],
    ['a grant to who knows', { 'x-amz-grant-read': 'name=b' }, 'InvalidArgument'],
    ['both forms', { 'x-amz-acl': 'private', 'x-amz-grant-read': 'id=b' }, 'InvalidRequest'],
  ])('judges %s', (_what, headers, expected) => {
    expect(verdict(headers)).toBe(expected);
  });

  it('names the argument', () => {
    const details = { ArgumentName: 'x-amz-acl', ArgumentValue: 'x' };
    expect(() => checkAclHeaders(requestHead({ 'x-amz-acl': 'x' }), owner, 'AccessControlListNotSupported')).toThrow(
      expect.objectContaining({ details }),
    );
  });

  it('refuses as it is told to', () => {
    const head = requestHead({ 'x-amz-acl': 'public-read' });
    expect(() => checkAclHeaders(head, owner, 'InvalidBucketAclWithObjectOwnership')).toThrow(
      expect.objectContaining({ code: 'InvalidBucketAclWithObjectOwnership' }),
    );
  });
});

describe('isAclInForce', () => {
  it.each<[string, readonly Grant[], boolean]>([
    ['nobody', [], false],
    ['the owner', [{ permission: 'FULL_CONTROL', grantee: owner }], true],
    ['the owner, to read', [{ permission: 'READ', grantee: owner }], false],
    ['another', [{ permission: 'FULL_CONTROL', grantee: 'b' }], false],
  ])('judges %s', (_what, grants, expected) => {
    expect(isAclInForce(grants, owner)).toBe(expected);
  });
});
