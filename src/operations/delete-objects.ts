import pLimit from 'p-limit';
import { isS3Error, S3Error } from '../errors/s3-error.ts';
import { bareEtag } from '../s3/etag.ts';
import { checkObjectKey } from '../s3/object-key.ts';
import { isAbsentVersion, noSuchVersion } from '../s3/version-id.ts';
import { deleteResultDocument, parseDeleteList, type DeleteEntry, type DeleteOutcome } from '../xml/delete-objects.ts';
import { defineOperation, xml, type BucketContext, type S3Request } from './operation.ts';
import { longDocumentBytes, readRequiredXml } from './xml-body.ts';

/** How many keys with a condition are deleted at a time: enough for a store to sync many with one write. */
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
    const outcomes = await deleteEntries(context, entries);
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

/** Those without a condition go together, which is what stores are quick at. */
async function deleteEntries(
  context: BucketContext,
  entries: readonly DeleteEntry[],
): Promise<readonly DeleteOutcome[]> {
  const { store, call, bucket } = context;
  const refusals = entries.map((entry) => refusalOf(context, entry));
  const keys = entries.filter(({ etag }, index) => etag === undefined && refusals[index] === undefined);
  const failures = await store.deleteObjects(
    call,
    bucket,
    keys.map(({ key }) => key),
  );
  const limited = pLimit(concurrency);
  return await Promise.all(
    entries.map(async (entry, index) => {
      const failure = refusals[index] ?? (await limited(() => failureOf(context, entry, failures)));
      return outcomeOf(context, entry, failure);
    }),
  );
}

function refusalOf({ store }: BucketContext, { key, versionId, etag }: DeleteEntry): unknown {
  try {
    checkObjectKey(key);
    if (versionId === '' || isAbsentVersion(versionId)) return noSuchVersion(key, versionId ?? '');
  } catch (error) {
    return error;
  }
  if (etag === undefined || store.capabilities.conditionalDelete) return undefined;
  return new S3Error('NotImplemented', { message: 'This store does not delete on condition.' });
}

async function failureOf(
  { store, call, bucket }: BucketContext,
  { key, etag }: DeleteEntry,
  failures: ReadonlyMap<string, unknown>,
): Promise<unknown> {
  if (etag === undefined) return failures.get(key);
  return await store.deleteObject(call, { bucket, key }, { ifMatch: bareEtag(etag) }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

function outcomeOf({ call }: BucketContext, { key, versionId }: DeleteEntry, failure: unknown): DeleteOutcome {
  const named = { key, ...(versionId !== undefined && { versionId }) };
  if (failure === undefined) return named;
  call.signal.throwIfAborted();
  if (!isS3Error(failure)) call.log.error({ requestId: call.requestId, err: failure }, 'delete failed');
  const { code, message } = isS3Error(failure) ? failure : new S3Error('InternalError');
  return { ...named, error: { code, message } };
}
