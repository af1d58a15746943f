import { createHash } from 'node:crypto';

/** The canonical user id of a user name: 64 hex digits. */
export function ownerId(userName: string): string {
  return createHash('sha256').update(userName).digest('hex');
}

/** The account id of a user name: 12 digits, as x-amz-expected-bucket-owner names it. */
export function accountId(userName: string): string {
  const hash = createHash('sha256').update(`account:${userName}`).digest();
  return (hash.readBigUInt64BE(0) % 1_000_000_000_000n).toString().padStart(12, '0');
}

export interface Owner {
  readonly id: string;
  readonly displayName: string;
}

/** How a user is shown as the owner of something. */
export function ownerOf(userName: string): Owner {
  return { id: ownerId(userName), displayName: userName };
}
