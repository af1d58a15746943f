import { S3Error } from '../errors/s3-error.ts';
import { checkCopySourceConditions } from '../s3/conditions.ts';
import { readSystemHeaders } from '../s3/object-headers.ts';
import { checkCopySize } from '../s3/size-limits.ts';
import { parseTaggingHeader } from '../s3/tagging.ts';
import { readChecksumAlgorithm } from '../s3/upload-checksum.ts';
import { readUserMetadata } from '../s3/user-metadata.ts';
import { writeCondition } from '../s3/write-condition.ts';
import type { CopyOptions, ObjectRef } from '../storage/values.ts';
import { copyObjectDocument } from '../xml/object-documents.ts';
import { readCopySource } from './copied-source.ts';
import { checkAcl, readStorageClass } from './draft.ts';
import { defineOperation, lateXml, type ObjectContext, type S3Request } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = defineOperation({
  name: 'CopyObject',
  resource: 'object',
  async handle(context) {
    const { store, call, ref, request } = context;
    checkAcl(context);
    const options = readCopyOptions(context);
    const source = await readCopySource(context);
    checkSelfCopy(request, source, ref);
    return lateXml(store.copyObject(call, source, ref, options).then(copyObjectDocument));
  },
});

function readCopyOptions(context: ObjectContext): CopyOptions {
  const { request } = context;
  const condition = writeCondition(request);
  const checksumAlgorithm = readChecksumAlgorithm(request);
  return {
    replace: {
      ...(isReplaced(request, 'metadata')
        ? { headers: readSystemHeaders(request), metadata: readUserMetadata(request) }
        : {}),
      ...(isReplaced(request, 'tagging') ? { tags: parseTaggingHeader(request.header('x-amz-tagging')) } : {}),
    },
    storageClass: readStorageClass(context),
    ...(checksumAlgorithm === undefined ? {} : { checksumAlgorithm }),
    ...(condition === undefined ? {} : { condition }),
    check: (source) => {
      checkCopySourceConditions(request, source);
      checkCopySize(source.sizeBytes);
    },
  };
}

/** InvalidArgument for a directive that is neither COPY nor REPLACE. */
function isReplaced(request: S3Request, what: 'metadata' | 'tagging'): boolean {
  const header = `x-amz-${what}-directive`;
  const directive = request.header(header) ?? 'COPY';
  if (directive === 'COPY' || directive === 'REPLACE') return directive === 'REPLACE';
  throw new S3Error('InvalidArgument', {
    message: `Unknown ${what} directive.`,
    details: { ArgumentName: header, ArgumentValue: directive },
  });
}

/** S3 refuses a copy of an object to itself that would change nothing. */
function checkSelfCopy(request: S3Request, source: ObjectRef, target: ObjectRef): void {
  if (source.bucket !== target.bucket || source.key !== target.key) return;
  if (isReplaced(request, 'metadata') || request.header('x-amz-storage-class') !== undefined) return;
  throw new S3Error('InvalidRequest', {
    message:
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  });
}
