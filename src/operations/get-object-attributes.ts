import { readAttributeNames, type AttributeName } from '../s3/attribute-names.ts';
import { formatHttpDate } from '../s3/http-date.ts';
import type { Checksum } from '../s3/checksum.ts';
import type { ObjectInfo } from '../storage/values.ts';
import { objectAttributesDocument, type AttributedParts, type ObjectAttributes } from '../xml/object-documents.ts';
import { defineOperation, xml, type S3Request } from './operation.ts';

const maxParts = 1000;

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes = defineOperation({
  name: 'GetObjectAttributes',
  resource: 'object',
  async handle({ store, call, ref, request }) {
    const names = readAttributeNames(request);
    const info = await store.headObject(call, ref, { withParts: names.has('ObjectParts') });
    return xml(objectAttributesDocument(select(request, names, info)), {
      'last-modified': formatHttpDate(info.lastModified),
    });
  },
});

function select(request: S3Request, names: ReadonlySet<AttributeName>, info: ObjectInfo): ObjectAttributes {
  const parts = names.has('ObjectParts') ? attributedParts(request, info) : undefined;
  return {
    ...(names.has('ETag') ? { etag: info.etag } : {}),
    ...(names.has('Checksum') && info.checksum ? { checksum: info.checksum } : {}),
    ...(parts === undefined ? {} : { parts }),
    ...(names.has('StorageClass') ? { storageClass: info.storageClass } : {}),
    ...(names.has('ObjectSize') ? { sizeBytes: info.sizeBytes } : {}),
  };
}

/** Nothing for an object stored in one piece; the parts one by one only where they have checksums. */
function attributedParts(request: S3Request, { parts, partsCount, checksum }: ObjectInfo): AttributedParts | undefined {
  if (partsCount === undefined || parts === undefined) return undefined;
  const withChecksums = parts.flatMap((part) =>
    part.checksum === undefined || checksum === undefined
      ? []
      : [{ ...part, checksum: partChecksum(checksum, part.checksum) }],
  );
  if (withChecksums.length === 0) return { count: partsCount };
  const marker = wholeNumber(request.header('x-amz-part-number-marker')) ?? 0;
  const limit = Math.min(wholeNumber(request.header('x-amz-max-parts')) ?? maxParts, maxParts);
  const following = withChecksums.filter(({ partNumber }) => partNumber > marker);
  const page = following.slice(0, limit);
  return {
    count: partsCount,
    page: {
      marker,
      nextMarker: page.at(-1)?.partNumber ?? marker,
      maxParts: limit,
      isTruncated: following.length > page.length,
      parts: page,
    },
  };
}

function partChecksum(object: Checksum, value: string): Checksum {
  return { ...object, value };
}

/** S3 takes what is no number here for absent. */
function wholeNumber(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,9}$/.test(header.trim()) ? Number(header) : undefined;
}
