import { S3Error } from '../errors/s3-error.ts';
import { joinedHeader, type RequestHead } from './request-head.ts';

const header = 'x-amz-object-attributes';
const attributeNames = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;
export type AttributeName = (typeof attributeNames)[number];

/**
 * What GetObjectAttributes is asked for. InvalidRequest for nothing, InvalidArgument for an unknown name.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html
 */
export function readAttributeNames(head: RequestHead): ReadonlySet<AttributeName> {
  const texts = (joinedHeader(head, header) ?? '').split(',').map((text) => text.trim());
  const named = texts.filter((text) => text !== '');
  if (named.length === 0) {
    throw new S3Error('InvalidRequest', {
      message:
        'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    });
  }
  return new Set(named.map(parseName));
}

function parseName(text: string): AttributeName {
  const name = attributeNames.find((known) => known === text);
  if (name !== undefined) return name;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid attribute name specified.',
    details: { ArgumentName: header, ArgumentValue: text },
  });
}
