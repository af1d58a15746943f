import { S3Error } from '../errors/s3-error.ts';

/** In bytes. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const maxSinglePutBytes = 5 * 1024 ** 3;

/** EntityTooLarge for more than one request may bring. */
export function checkProposedSize(sizeBytes: number): void {
  if (sizeBytes <= maxSinglePutBytes) return;
  throw new S3Error('EntityTooLarge', {
    details: { ProposedSize: String(sizeBytes), MaxSizeAllowed: String(maxSinglePutBytes) },
  });
}

/** InvalidRequest for a source larger than one request may copy. */
export function checkCopySize(sizeBytes: number): void {
  if (sizeBytes <= maxSinglePutBytes) return;
  throw new S3Error('InvalidRequest', {
    message: `The specified copy source is larger than the maximum allowable size for a copy source: ${String(maxSinglePutBytes)}`,
  });
}
