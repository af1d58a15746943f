import { S3Error } from '../errors/s3-error.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const maxPartNumber = 10_000;

/** The partNumber query parameter; InvalidArgument unless it is a whole number from 1 to 10,000. */
export function parsePartNumber(value: string): number {
  const partNumber = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (partNumber >= 1 && partNumber <= maxPartNumber) return partNumber;
  throw new S3Error('InvalidArgument', {
    message: 'Part number must be an integer between 1 and 10000, inclusive',
    details: { ArgumentName: 'partNumber', ArgumentValue: value },
  });
}

export interface PlacedPart {
  /** Bytes of the object before this part. */
  readonly first: number;
  readonly sizeBytes: number;
}

/** Where a part of a completed object lies. Undefined: the object has no such part. */
export function locatePart(
  parts: readonly { readonly partNumber: number; readonly sizeBytes: number }[],
  partNumber: number,
): PlacedPart | undefined {
  let first = 0;
  for (const part of parts) {
    if (part.partNumber === partNumber) return { first, sizeBytes: part.sizeBytes };
    first += part.sizeBytes;
  }
  return undefined;
}
