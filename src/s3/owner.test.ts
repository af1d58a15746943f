import { describe, expect, it } from '@jest/globals';
import { accountId, ownerId, ownerOf } from './owner.ts';

describe('owner', () => {
  it('has an id that stays', () => {
    expect(ownerId('alice')).toBe('2bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90');
    expect(ownerOf('alice')).toEqual({ id: ownerId('alice'), displayName: 'alice' });
  });

  it.each(['alice', 'bob', 'hadoop', ''])('has an account id of 12 digits for %j', (userName) => {
    expect(accountId(userName)).toMatch(/^\d{12}$/);
    expect(accountId(userName)).toBe(accountId(userName));
  });

  it('differs from user to user', () => {
    expect(accountId('alice')).not.toBe(accountId('bob'));
    expect(ownerId('alice')).not.toBe(ownerId('bob'));
  });
});
