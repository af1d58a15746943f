import pLimit from 'p-limit';
import type { StoreCall } from '../values.ts';
import type { Internals } from './internals.ts';
import { isOmError } from './om/om-error.ts';
import type { MultipartUploadInfoProto } from './proto/om.ts';

const listedAtOnce = 1000;
const abortedAtOnce = 16;

/** Ends all multipart uploads of a bucket, whoever began them. Rejects with OmError. */
export async function abortUploads({ om }: Internals, call: StoreCall, bucket: string): Promise<void> {
  const { volume } = await om.s3Context(call);
  const limited = pLimit(abortedAtOnce);
  const abort = async ({ keyName, uploadId }: MultipartUploadInfoProto): Promise<void> => {
    const keyArgs = { volumeName: volume, bucketName: bucket, keyName, multipartUploadID: uploadId };
    await om.call(call, 'AbortMultiPartUpload', { keyArgs }).catch((error: unknown) => {
      if (!isOmError(error, 'NO_SUCH_MULTIPART_UPLOAD_ERROR')) throw error;
    });
  };
  for (let more = true; more;) {
    // Always from the beginning: what was listed before is gone.
    const { uploadsList, isTruncated } = await om.call(call, 'ListMultipartUploads', {
      volume,
      bucket,
      prefix: '',
      maxUploads: listedAtOnce,
      withPagination: true,
    });
    await Promise.all(uploadsList.map((upload) => limited(() => abort(upload))));
    more = isTruncated && uploadsList.length > 0;
  }
}
