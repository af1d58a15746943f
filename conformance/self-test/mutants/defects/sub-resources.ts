import type { OperationName } from '../../../catalogue.ts';
import type { DefectClass, Mutant } from '../mutant.ts';
import { condoned, fallenThrough, overlooked } from '../building-blocks.ts';
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

export const subResources: DefectClass = {
  title: 'sub-resources',
  mutants: [
    ...fallen,
    ...pretenders,
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
