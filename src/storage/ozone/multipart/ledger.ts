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
/** A key has 1024 bytes at most, and the name of an entry up to 110. */
const maxFolderBytes = 900;

/**
 * In the folder of the upload's key, where whoever may write the one may write the other. Undefined where there is no
 * room for it: such an upload is listed without its checksum.
 */
export function ledgerKey(key: string, { omId, checksum }: LedgerEntry): string | undefined {
  const prefix = ledgerPrefix(key, omId);
  return prefix && prefix + formatUploadChecksum(checksum);
}

/** What the entry's key begins with, whatever the checksum. */
export function ledgerPrefix(key: string, omId: string): string | undefined {
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return Buffer.byteLength(folder) > maxFolderBytes ? undefined : `${folder}${marker}${omId}.`;
}

/** Undefined for a key that is a user's. */
export function parseLedgerKey(key: string): LedgerEntry | undefined {
  const [, omId, text = ''] = pattern.exec(key) ?? [];
  const checksum = parseUploadChecksum(text);
  return omId === undefined || checksum === undefined ? undefined : { omId, checksum };
}
