import { createHash } from 'node:crypto';
import { S3Error } from '../errors/s3-error.ts';

const checkBytes = 9;

/**
 * Where a listing goes on, in a form that clients don't take for a key and cannot change unnoticed. No secret is in it:
 * any gateway continues what another began, and a made-up token shows no more than a start-after would.
 */
export function encodeContinuationToken(after: string): string {
  const text = Buffer.from(after, 'utf8');
  return Buffer.concat([checkOf(text), text]).toString('base64url');
}

/** Throws InvalidArgument for anything but what `encodeContinuationToken` gave. */
export function decodeContinuationToken(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  const text = bytes.subarray(checkBytes);
  const isOurs =
    bytes.length >= checkBytes &&
    bytes.toString('base64url') === token &&
    checkOf(text).equals(bytes.subarray(0, checkBytes));
  if (isOurs) return text.toString('utf8');
  throw new S3Error('InvalidArgument', {
    message: 'The continuation token provided is incorrect',
    details: { ArgumentName: 'continuation-token', ArgumentValue: token },
  });
}

function checkOf(text: Buffer): Buffer {
  return createHash('sha256').update('continuation-token:').update(text).digest().subarray(0, checkBytes);
}
