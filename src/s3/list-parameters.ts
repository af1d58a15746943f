import { S3Error } from '../errors/s3-error.ts';

export const maxPage = 1000;
const maxInteger = 2_147_483_647;

/**
 * The most that a listing's page may hold: 0 to 1000, and 1000 where it is absent, empty or more. `argument` is how
 * errors name the parameter, which for max-keys is not what the parameter is called.
 * Throws InvalidArgument unless it is an integer of 0 to 2147483647.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function parsePageLimit(name: string, value: string | undefined, argument: string = name): number {
  if (value === undefined || value === '') return maxPage;
  return Math.min(parseListInteger(name, value, argument), maxPage);
}

/** The number after which a listing of parts begins: 0 where it is absent or empty. */
export function parsePartNumberMarker(value: string | undefined): number {
  if (value === undefined || value === '') return 0;
  return parseListInteger('part-number-marker', value, 'part-number-marker');
}

function parseListInteger(name: string, value: string, argument: string): number {
  const number = /^[+-]?\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number) || Math.abs(number) > maxInteger) {
    throw new S3Error('InvalidArgument', {
      message: `Provided ${name} not an integer or within integer range`,
      details: { ArgumentName: name, ArgumentValue: value },
    });
  }
  if (number < 0) {
    throw new S3Error('InvalidArgument', {
      message: `Argument ${argument} must be an integer between 0 and ${maxInteger}`,
      details: { ArgumentName: argument, ArgumentValue: value },
    });
  }
  return number;
}

export const maxBucketsPage = 10_000;

/**
 * The most buckets that a page may hold: 1 to 10000, and 10000 where it is absent. Throws InvalidArgument.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
 */
export function parseMaxBuckets(value: string | undefined): number {
  if (value === undefined) return maxBucketsPage;
  const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= maxBucketsPage) return number;
  throw new S3Error('InvalidArgument', {
    message: `Argument max-buckets must be an integer between 1 and ${maxBucketsPage}`,
    details: { ArgumentName: 'max-buckets', ArgumentValue: value },
  });
}
