import pLimit from 'p-limit';
import type { StoreCall, UploadInfo, UploadPage, UploadWindow } from '../../values.ts';
import type { Internals } from '../internals.ts';
import type { OmAnswerOf } from '../om/commands.ts';
import { toS3Error } from '../om/om-status.ts';
import { inByteOrder } from '../page-order.ts';
import type { MultipartUploadInfoProto } from '../proto/om.ts';
import { readLedgerEntry } from './ledger-entries.ts';
import { parseLedgerKey } from './ledger.ts';
import { toUploadInfo } from './located-upload.ts';
import { formatUploadId } from './upload-id.ts';
import { UploadsOfPage, type ListedUpload } from './upload-page.ts';

const listedAtOnce = 1000;
const askedAtOnce = 8;

interface FoundUpload extends ListedUpload {
  readonly replication: MultipartUploadInfoProto;
}

/** By key, then in the order of initiation. Every page reads all uploads of the prefix: the OM's order is another one. */
export async function listUploads(
  internals: Internals,
  call: StoreCall,
  bucket: string,
  window: UploadWindow,
): Promise<UploadPage> {
  const { owner } = await internals.buckets.recent(call, bucket);
  try {
    const { volume } = await internals.om.s3Context(call);
    const found = new UploadsOfPage<FoundUpload>(window);
    for await (const upload of uploadsOf(internals, call, { volume, bucket, prefix: window.prefix })) {
      const { keyName: key, uploadId } = upload;
      if (parseLedgerKey(key) === undefined) found.offer({ key, uploadId, replication: upload });
    }
    const { uploads, ...page } = found.page();
    const limited = pLimit(askedAtOnce);
    const describe = async ({ key, uploadId, replication }: FoundUpload): Promise<UploadInfo> => {
      const sought = { volumeName: volume, bucketName: bucket, keyName: key, omId: uploadId };
      const checksum = await readLedgerEntry(internals, call, sought);
      return toUploadInfo({ bucket, key }, formatUploadId(uploadId, checksum), { owner, replication });
    };
    return { ...page, uploads: await Promise.all(uploads.map((upload) => limited(() => describe(upload)))) };
  } catch (error) {
    throw toS3Error(error, { bucket });
  }
}

/** All that begin with a prefix, in the OM's order. */
async function* uploadsOf(
  { om }: Internals,
  call: StoreCall,
  where: { readonly volume: string; readonly bucket: string; readonly prefix: string },
): AsyncIterable<MultipartUploadInfoProto> {
  // The OM takes a marker of a key and an id for one text, and a key of white space for no marker at all.
  for (let keyMarker: string | undefined = ''; keyMarker !== undefined;) {
    const request = { ...where, keyMarker, maxUploads: listedAtOnce, withPagination: true };
    const answer: OmAnswerOf<'ListMultipartUploads'> = await om.call(call, 'ListMultipartUploads', request);
    const { uploadsList: entries, isTruncated } = answer;
    const uploads = inByteOrder({ entries, isTruncated }, databaseKey);
    yield* uploads;
    const last = uploads.at(-1);
    keyMarker = isTruncated && last !== undefined ? databaseKey(last) : undefined;
  }
}

function databaseKey({ keyName, uploadId }: MultipartUploadInfoProto): string {
  return `${keyName}/${uploadId}`;
}
