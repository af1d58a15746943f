import { S3Error } from '../errors/s3-error.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const maxKeyBytes = 1024;

/** KeyTooLongError for a key of more than 1024 bytes of UTF-8. */
export function checkObjectKey(key: string): void {
  // A string has at most 3 bytes of UTF-8 per UTF-16 unit: most keys need no counting.
  if (key.length * 3 <= maxKeyBytes) return;
  const sizeBytes = Buffer.byteLength(key, 'utf8');
  if (sizeBytes <= maxKeyBytes) return;
  throw new S3Error('KeyTooLongError', {
    details: { Size: String(sizeBytes), MaxSizeAllowed: String(maxKeyBytes) },
  });
}
