import pLimit from 'p-limit';
import { isS3Error, S3Error } from '../errors/s3-error.ts';
import { bareEtag } from '../s3/etag.ts';
import { checkObjectKey } from '../s3/object-key.ts';
import { isAbsentVersion, noSuchVersion } from '../s3/version-id.ts';
import { deleteResultDocument, parseDeleteList, type DeleteEntry, type DeleteOutcome } from '../xml/delete-objects.ts';
import { defineOperation, xml, type BucketContext, type S3Request } from './operation.ts';
import { longDocumentBytes, readRequiredXml } from './xml-body.ts';

/** How many keys of one request are deleted at a time: enough for a store to sync many with one write. */
const concurrency = 64;

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects = defineOperation({
  name: 'DeleteObjects',
  resource: 'bucket',
  async handle(context) {
    const { store, call, bucket, request, body } = context;
    requireDigest(request);
    const { quiet, entries } = parseDeleteList(await readRequiredXml(body, longDocumentBytes));
    await store.headBucket(call, bucket);
    const limited = pLimit(concurrency);
    const outcomes = await Promise.all(entries.map((entry) => limited(() => deleteEntry(context, entry))));
    return xml(deleteResultDocument(quiet ? outcomes.filter(({ error }) => error !== undefined) : outcomes));
  },
});

/** A damaged list would delete what nobody named. */
function requireDigest(request: S3Request): void {
  const hasChecksum = request.headerList.some(([name]) => /^x-amz-checksum-(?:crc|sha)/.test(name));
  const trailers = request.header('x-amz-trailer') ?? '';
  if (request.header('content-md5') !== undefined || hasChecksum || trailers.includes('x-amz-checksum-')) return;
  throw new S3Error('InvalidRequest', {
    message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
  });
}

async function deleteEntry({ store, call, bucket }: BucketContext, entry: DeleteEntry): Promise<DeleteOutcome> {
  const { key, versionId, etag } = entry;
  const named = { key, ...(versionId !== undefined && { versionId }) };
  try {
    checkObjectKey(key);
    if (versionId === '' || isAbsentVersion(versionId)) throw noSuchVersion(key, versionId ?? '');
    if (etag !== undefined && !store.capabilities.conditionalDelete) {
      throw new S3Error('NotImplemented', { message: 'This store does not delete on condition.' });
    }
    await store.deleteObject(call, { bucket, key }, etag === undefined ? undefined : { ifMatch: bareEtag(etag) });
    return named;
  } catch (error) {
    if (call.signal.aborted) throw error;
    if (!isS3Error(error)) call.log.error({ requestId: call.requestId, err: error }, 'delete failed');
    const { code, message } = isS3Error(error) ? error : new S3Error('InternalError');
    return { ...named, error: { code, message } };
  }
}
