import type { OperationName } from '../../../catalogue.ts';
import { encodeKey } from '../../../transports/sigv4.ts';
import type { Around, DefectClass, Mutant, Send } from '../mutant.ts';
import { condoned, fallenThrough, overlooked } from '../building-blocks.ts';
import { emptyAnswer, type S3Request, type S3Response } from '../s3-message.ts';
import { kebabOf } from '../operation-of.ts';

/** [operation, query, what happens to the plain bucket or object, the case]; by default the generated probe. */
const through: readonly (readonly [OperationName, readonly string[], string, string?])[] = [
  ['DeleteBucketPolicy', ['policy'], 'deletes the bucket'],
  ['DeleteBucketCors', ['cors'], 'deletes the bucket'],
  ['DeleteBucketLifecycle', ['lifecycle'], 'deletes the bucket'],
  ['DeleteBucketTagging', ['tagging'], 'deletes the bucket', 'DeleteBucketTagging.bucket-tagging.without-tags'],
  ['DeleteBucketEncryption', ['encryption'], 'deletes the bucket'],
  ['DeletePublicAccessBlock', ['publicAccessBlock'], 'deletes the bucket'],
  ['PutObjectLegalHold', ['legal-hold'], 'overwrites the object'],
  ['PutObjectRetention', ['retention'], 'overwrites the object'],
  ['PutObjectAcl', ['acl'], 'overwrites the object', 'PutObjectAcl.acl.bucket-owner-full-control'],
  ['PutObjectTagging', ['tagging'], 'overwrites the object', 'PutObjectTagging.object-tagging.object-unchanged'],
  ['DeleteObjectTagging', ['tagging'], 'deletes the object', 'DeleteObjectTagging.object-tagging.with-tags'],
  ['GetObjectAcl', ['acl'], 'gives the bytes of the object', 'GetObjectAcl.acl.default'],
  ['GetObjectTagging', ['tagging'], 'gives the bytes of the object', 'GetObjectTagging.object-tagging.no-tags'],
  ['GetObjectAttributes', ['attributes'], 'gives the bytes of the object', 'GetObjectAttributes.asked-for.etag'],
  ['GetBucketVersioning', ['versioning'], 'lists the objects', 'GetBucketVersioning.versioning.nothing-configured'],
  ['GetBucketLocation', ['location'], 'lists the objects', 'GetBucketLocation.bucket-location.own-region'],
  ['GetBucketPolicy', ['policy'], 'lists the objects', 'GetBucketPolicy.policy.nothing-configured'],
  ['GetBucketCors', ['cors'], 'lists the objects', 'GetBucketCors.cors.nothing-configured'],
  ['GetBucketAcl', ['acl'], 'lists the objects', 'GetBucketAcl.acl.default'],
  ['GetBucketTagging', ['tagging'], 'lists the objects', 'GetBucketTagging.bucket-tagging.tags-set'],
  [
    'GetBucketEncryption',
    ['encryption'],
    'lists the objects',
    'GetBucketEncryption.server-side-encryption.agrees-with-objects',
  ],
  ['GetBucketLogging', ['logging'], 'lists the objects', 'GetBucketLogging.logging.nothing-configured'],
  [
    'GetBucketNotificationConfiguration',
    ['notification'],
    'lists the objects',
    'GetBucketNotificationConfiguration.notification.nothing-configured',
  ],
  [
    'GetBucketOwnershipControls',
    ['ownershipControls'],
    'lists the objects',
    'GetBucketOwnershipControls.ownership.query-without-equals-sign',
  ],
  [
    'GetBucketRequestPayment',
    ['requestPayment'],
    'lists the objects',
    'GetBucketRequestPayment.bucket-configuration.nothing-configured',
  ],
  [
    'GetBucketAccelerateConfiguration',
    ['accelerate'],
    'lists the objects',
    'GetBucketAccelerateConfiguration.bucket-configuration.nothing-configured',
  ],
  ['ListMultipartUploads', ['uploads'], 'lists the objects', 'ListMultipartUploads.some-uploads.described'],
  ['ListParts', ['uploadId'], 'gives the bytes of the object', 'ListParts.some-parts.described'],
  ['UploadPart', ['partNumber', 'uploadId'], 'overwrites the object', 'UploadPart.stored.number-1'],
  ['AbortMultipartUpload', ['uploadId'], 'deletes the object', 'AbortMultipartUpload.existing-key.kept'],
];

const fallen = through.map(([operation, query, harm, caughtBy]): Mutant => ({
  name: `${kebabOf(operation)}-falls-through`,
  defect: `${operation} ${harm}`,
  caughtBy: caughtBy ?? `${operation}.do-no-harm.nothing-changed`,
  around: fallenThrough(operation, ...query),
}));

/** Says 200 to a setting that it does not keep. */
const pretending: readonly OperationName[] = [
  'PutBucketVersioning',
  'PutBucketPolicy',
  'PutBucketLifecycleConfiguration',
  'PutObjectRetention',
  'PutBucketEncryption',
];

const pretenders = pretending.map((operation): Mutant => ({
  name: `${kebabOf(operation)}-pretended`,
  defect: `${operation} answers 200 and keeps nothing`,
  caughtBy: `${operation}.do-no-harm.clean-refusal`,
  around: condoned(operation, ['NotImplemented']),
}));

const isUnknown = (response: S3Response): boolean => response.code === 'NotImplemented' || response.status === 405;

const unknownAs500: Around = async (request, send) => {
  const response = await send(request);
  return isUnknown(response) ? emptyAnswer(500) : response;
};

const ofCaller = (request: S3Request): S3Request =>
  request.with({
    method: 'DELETE',
    path: `/${request.bucket}`,
    query: [],
    headers: request.headers.filter(([name]) => /^(host|authorization)$/i.test(name)),
    body: Buffer.alloc(0),
  });

/** The objects of a bucket go, or the bucket when it has none. */
async function empty(bucket: S3Request, send: Send): Promise<void> {
  const listed = await send(bucket.with({ method: 'GET', query: [['list-type', '2']] }));
  const keys = [...listed.body.toString('utf8').matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key);
  for (const key of keys) await send(bucket.with({ path: `${bucket.path}/${encodeKey(key)}` }));
  if (keys.length === 0) await send(bucket);
}

const unknownEmptiesBucket: Around = async (request, send) => {
  const response = await send(request);
  if (isUnknown(response) && request.operation !== undefined && request.bucket !== '')
    await empty(ofCaller(request), send);
  return response;
};

const unknownEmptiesAll: Around = async (request, send) => {
  const response = await send(request);
  if (!isUnknown(response) || (request.operation !== undefined && request.bucket !== '')) return response;
  const caller = ofCaller(request);
  const listed = (await send(caller.with({ method: 'GET', path: '/' }))).body.toString('utf8');
  for (const [, name = ''] of listed.matchAll(/<Name>(.*?)</g)) await empty(caller.with({ path: `/${name}` }), send);
  return response;
};

const everyRefusal = ['do-no-harm', 'header-refusal'];

export const subResources: DefectClass = {
  title: 'sub-resources',
  mutants: [
    ...fallen,
    ...pretenders,
    {
      name: 'unknown-as-500',
      defect: 'answers 500 to each operation that it does not know',
      caughtBy: 'ListObjectVersions.do-no-harm.clean-refusal',
      alsoRun: everyRefusal,
      around: unknownAs500,
    },
    {
      name: 'unknown-empties-bucket',
      defect: 'deletes what it has in a bucket when it is asked for an operation that it does not know',
      caughtBy: 'GetObjectTorrent.do-no-harm.nothing-changed',
      alsoRun: everyRefusal,
      around: unknownEmptiesBucket,
    },
    {
      name: 'unknown-empties-all-buckets',
      defect: 'deletes what it has when it is asked for an operation on no bucket that it does not know',
      caughtBy: 'ListDirectoryBuckets.do-no-harm.nothing-changed',
      alsoRun: ['WriteGetObjectResponse'],
      around: unknownEmptiesAll,
    },
    {
      name: 'restore-starts-an-upload',
      defect: 'RestoreObject starts a multipart upload',
      caughtBy: 'RestoreObject.do-no-harm.clean-refusal',
      around: async (request, send) =>
        send(request.operation === 'RestoreObject' ? request.withParam('restore').withParam('uploads', '') : request),
    },
    {
      name: 'version-id-deletes',
      defect: 'DELETE with a versionId that does not exist deletes the object',
      caughtBy: 'DeleteObject.version-id.malformed',
      around: overlooked('DeleteObject', 'versionId'),
    },
    {
      name: 'version-id-overlooked',
      defect: 'GET with a versionId that does not exist gives the object',
      caughtBy: 'GetObject.version-id.malformed',
      around: overlooked('GetObject', 'versionId'),
    },
  ],
};
