import pLimit from 'p-limit';
import type { StoreCall, UploadChecksum, UploadInfo, UploadPage, UploadWindow } from '../../values.ts';
import type { Internals } from '../internals.ts';
import type { OmAnswerOf } from '../om/commands.ts';
import { toS3Error } from '../om/om-status.ts';
import { inByteOrder } from '../page-order.ts';
import type { MultipartUploadInfoProto } from '../proto/om.ts';
import { readLedgerEntry } from './ledger-entries.ts';
import { ledgerPrefix, parseLedgerKey } from './ledger.ts';
import { toUploadInfo } from './located-upload.ts';
import { formatUploadId } from './upload-id.ts';
import { UploadsOfPage, type ListedUpload } from './upload-page.ts';

const listedAtOnce = 1000;
const askedAtOnce = 8;
/** A listing holds no more of the ledger, and asks for the others one by one. */
const maxSeen = 10_000;

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
    const ledger = new SeenLedger(window.prefix);
    for await (const upload of uploadsOf(internals, call, { volume, bucket, prefix: window.prefix })) {
      const { keyName: key, uploadId } = upload;
      if (!ledger.offer(key)) found.offer({ key, uploadId, replication: upload });
    }
    const { uploads, ...page } = found.page();
    const limited = pLimit(askedAtOnce);
    const describe = async ({ key, uploadId, replication }: FoundUpload): Promise<UploadInfo> => {
      const sought = { volumeName: volume, bucketName: bucket, keyName: key, omId: uploadId };
      const checksum = ledger.knows(sought)
        ? ledger.checksumOf(uploadId)
        : await limited(() => readLedgerEntry(internals, call, sought));
      return toUploadInfo({ bucket, key }, formatUploadId(uploadId, checksum), { owner, replication });
    };
    return { ...page, uploads: await Promise.all(uploads.map(describe)) };
  } catch (error) {
    throw toS3Error(error, { bucket });
  }
}

/** The entries of the ledger that a listing comes by: those of all uploads in folders of its prefix. */
class SeenLedger {
  readonly #prefix: string;
  readonly #checksums = new Map<string, UploadChecksum>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Whether a key is one of the ledger's. */
  offer(key: string): boolean {
    const entry = parseLedgerKey(key);
    if (entry === undefined) return false;
    if (this.#checksums.size < maxSeen) this.#checksums.set(entry.omId, entry.checksum);
    return true;
  }

  checksumOf(omId: string): UploadChecksum | undefined {
    return this.#checksums.get(omId);
  }

  /** Whether what is not here is nowhere. */
  knows({ keyName, omId }: { readonly keyName: string; readonly omId: string }): boolean {
    if (this.#checksums.has(omId)) return true;
    return this.#checksums.size < maxSeen && (ledgerPrefix(keyName, omId)?.startsWith(this.#prefix) ?? true);
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
