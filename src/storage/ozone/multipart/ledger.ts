import type { UploadChecksum } from '../../values.ts';
import { formatUploadChecksum, parseUploadChecksum } from './upload-id.ts';

/**
 * A listing of uploads gives only what the OM knows of them, and that is no checksum. So an upload that was begun with
 * one has a second upload beside it, never written to and never completed, whose key's name says which upload it
 * belongs to, and how that one was begun: the listing joins the two and hides the second.
 */
export interface LedgerEntry {
  /** The OM's id of the upload that it belongs to. */
  readonly omId: string;
  readonly checksum: UploadChecksum;
}

const marker = '.ozone-s3-internal-upload.';
const pattern = /(?:^|\/)\.ozone-s3-internal-upload\.([0-9a-f-]{38,60})\.([a-z0-9]+-[a-z_]+)$/;
/** A key may have 1024 bytes; the name of an entry has up to 110. */
const maxFolderBytes = 900;

/** In the folder of the key, where whoever may write the key may write too; for names too long in the bucket's root. */
export function ledgerKey(key: string, { omId, checksum }: LedgerEntry): string {
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  const place = Buffer.byteLength(folder) > maxFolderBytes ? '' : folder;
  return `${place}${marker}${omId}.${formatUploadChecksum(checksum)}`;
}

/** Undefined for a key that is a user's. */
export function parseLedgerKey(key: string): LedgerEntry | undefined {
  const [, omId, text = ''] = pattern.exec(key) ?? [];
  const checksum = parseUploadChecksum(text);
  return omId === undefined || checksum === undefined ? undefined : { omId, checksum };
}
