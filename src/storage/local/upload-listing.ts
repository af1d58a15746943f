import { bytesPast, ListFold } from '../../s3/list-window.ts';
import type { StoreCall, UploadInfo, UploadPage, UploadWindow } from '../values.ts';
import { requireBucket } from './access.ts';
import type { Internals } from './internals.ts';
import { keyPrefix, uploadIn } from './keys.ts';
import { seek, walk } from './listing.ts';
import { toUploadInfo } from './records.ts';

/** By key, then in the order of initiation. */
export function listUploads(internals: Internals, call: StoreCall, bucket: string, window: UploadWindow): UploadPage {
  return internals.metadata.read((databases) => {
    const [, owner] = requireBucket(databases, call, bucket);
    const uploads: UploadInfo[] = [];
    const { prefix, delimiter, keyMarker, limit } = window;
    const fold = new ListFold({ prefix, delimiter, limit, ...(keyMarker !== undefined && { after: keyMarker }) });
    walk({ bucket, prefix, fold, start: startOf(bucket, window, fold) }, (range) => {
      for (const { key, value } of databases.uploads.getRange(range)) {
        const found = uploadIn(bucket, key);
        const kind = fold.offer(found.key);
        if (kind !== 'object') return kind;
        uploads.push(toUploadInfo({ bucket, ...found }, value, owner));
      }
      return 'end';
    });
    return { uploads, commonPrefixes: fold.commonPrefixes, ...nextOf(fold, uploads.at(-1)) };
  });
}

function startOf(bucket: string, { uploadIdMarker }: UploadWindow, fold: ListFold): Buffer {
  const position = fold.start;
  if (position.kind !== 'after') return seek(bucket, position);
  const uploadsOfKey = keyPrefix(bucket, `${position.key}\0`);
  if (uploadIdMarker === undefined) return bytesPast(uploadsOfKey) ?? uploadsOfKey;
  return keyPrefix(bucket, `${position.key}\0${uploadIdMarker}\0`);
}

function nextOf(fold: ListFold, last: UploadInfo | undefined): Pick<UploadPage, 'next'> {
  if (fold.next === undefined) return {};
  if (fold.next !== last?.key) return { next: { keyMarker: fold.next } };
  return { next: { keyMarker: last.key, uploadIdMarker: last.uploadId } };
}
