import { S3Error } from '../errors/s3-error.ts';
import type { Tag } from './object-attributes.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export const maxObjectTags = 10;
/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html */
export const maxBucketTags = 50;

/** In UTF-16 units, as S3 counts the characters of tags. */
const maxKeyLength = 128;
const maxValueLength = 256;
const allowedCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Throws InvalidTag, BadRequest (too many). */
export function checkObjectTags(tags: readonly Tag[]): void {
  checkTags(tags);
  if (tags.length > maxObjectTags) {
    throw new S3Error('BadRequest', { message: `Object tags cannot be greater than ${maxObjectTags}` });
  }
}

/** Throws InvalidTag, BadRequest (too many). */
export function checkBucketTags(tags: readonly Tag[]): void {
  checkTags(tags);
  if (tags.length > maxBucketTags) {
    throw new S3Error('BadRequest', { message: `Bucket tag count cannot be greater than ${maxBucketTags}` });
  }
}

function checkTags(tags: readonly Tag[]): void {
  const seen = new Set<string>();
  for (const { key, value } of tags) {
    if (key === '' || key.length > maxKeyLength || !allowedCharacters.test(key)) {
      throw new S3Error('InvalidTag', {
        message: 'The TagKey you have provided is invalid',
        details: { TagKey: key },
      });
    }
    if (key.toLowerCase().startsWith('aws:')) {
      throw new S3Error('InvalidTag', {
        message: 'System tags cannot be added/updated by requester',
        details: { TagKey: key },
      });
    }
    if (value.length > maxValueLength || !allowedCharacters.test(value)) {
      throw new S3Error('InvalidTag', {
        message: 'The TagValue you have provided is invalid',
        details: { TagKey: key, TagValue: value },
      });
    }
    if (seen.has(key)) {
      throw new S3Error('InvalidTag', {
        message: 'Cannot provide multiple Tags with the same key',
        details: { TagKey: key },
      });
    }
    seen.add(key);
  }
}

/**
 * The tags in x-amz-tagging, written as the query of a URL; none for an absent or empty header. Checked as an object's.
 * Throws InvalidArgument for what cannot be read or names a key twice, InvalidTag, BadRequest.
 */
export function parseTaggingHeader(value: string | undefined): readonly Tag[] {
  if (value === undefined || value === '') return [];
  const tags = value.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    return {
      key: decode(equals === -1 ? pair : pair.slice(0, equals), value),
      value: equals === -1 ? '' : decode(pair.slice(equals + 1), value),
    };
  });
  if (new Set(tags.map(({ key }) => key)).size !== tags.length) throw malformedHeader(value);
  checkObjectTags(tags);
  return tags;
}

function decode(text: string, header: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw malformedHeader(header, cause);
  }
}

function malformedHeader(value: string, cause?: unknown): S3Error {
  return new S3Error('InvalidArgument', {
    message:
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    details: { ArgumentName: 'x-amz-tagging', ArgumentValue: value },
    cause,
  });
}
