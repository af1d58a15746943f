import { parseEncodingType } from '../s3/encoding-type.ts';
import { parsePageLimit } from '../s3/list-parameters.ts';
import type { UploadInfo, UploadPage } from '../storage/values.ts';
import { listUploadsDocument, type ListedUpload } from '../xml/listings.ts';
import { createOwners } from './object-listing.ts';
import { defineOperation, xml, type BucketContext } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads = defineOperation({
  name: 'ListMultipartUploads',
  resource: 'bucket',
  async handle(context) {
    const { bucket, request } = context;
    const { encodingType, encode } = parseEncodingType(request.query('encoding-type'));
    const maxUploads = parsePageLimit('max-uploads', request.query('max-uploads'));
    const delimiter = request.query('delimiter') ?? '';
    const { uploads, commonPrefixes, next } = await readPage(context, maxUploads);
    const ownerNamed = createOwners();
    const toListed = ({ owner, checksum, ...upload }: UploadInfo): ListedUpload => ({
      ...upload,
      key: encode(upload.key),
      owner: ownerNamed(owner),
      ...(checksum !== undefined && { checksumAlgorithm: checksum.algorithm, checksumType: checksum.type }),
    });
    return xml(
      listUploadsDocument({
        bucket,
        keyMarker: encode(request.query('key-marker') ?? ''),
        uploadIdMarker: request.query('upload-id-marker') ?? '',
        ...(next !== undefined && {
          nextKeyMarker: encode(next.keyMarker),
          nextUploadIdMarker: next.uploadIdMarker ?? '',
        }),
        prefix: encode(request.query('prefix') ?? ''),
        ...(delimiter !== '' && { delimiter: encode(delimiter) }),
        ...(encodingType !== undefined && { encodingType }),
        maxUploads,
        isTruncated: next !== undefined,
        uploads: uploads.map(toListed),
        commonPrefixes: commonPrefixes.map(encode),
      }),
    );
  },
});

/** An upload-id-marker counts only beside a key-marker. */
async function readPage({ store, call, bucket, request }: BucketContext, limit: number): Promise<UploadPage> {
  if (limit === 0) {
    await store.headBucket(call, bucket);
    return { uploads: [], commonPrefixes: [] };
  }
  const keyMarker = request.query('key-marker') || undefined;
  const uploadIdMarker = request.query('upload-id-marker') || undefined;
  return store.listUploads(call, bucket, {
    prefix: request.query('prefix') ?? '',
    delimiter: request.query('delimiter') ?? '',
    limit,
    ...(keyMarker !== undefined && { keyMarker, ...(uploadIdMarker !== undefined && { uploadIdMarker }) }),
  });
}
