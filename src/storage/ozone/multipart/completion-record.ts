import { checksumAlgorithms, checksumBytes, type Checksum } from '../../../s3/checksum.ts';
import type { Acl } from '../proto/om.ts';

/**
 * What is known of a completed upload beyond what the OM keeps of it. The OM takes nothing with the completion, and of
 * a finished key only tags, ACLs and times can be changed: so this is the name of an ACL entry that grants nothing to
 * a user who cannot be. It tells which object it belongs to, for the OM keeps a key's ACLs when the key is overwritten.
 */
export interface CompletionRecord {
  /** As the OM made it: of the object that the record belongs to. */
  readonly etag: string;
  /** The OM's own. */
  readonly uploadId: string;
  /** The ETag as S3 would make it of the parts that the client named: tells a repeated completion from another one. */
  readonly namedParts: string;
  readonly sizeBytes: number;
  readonly checksum: Checksum | undefined;
  /** In the algorithm of `checksum`, in the order of the parts; empty when they were not kept. */
  readonly partChecksums: readonly string[];
}

const prefix = 'ozone-s3-internal-completion';
/** Neither in ETags, ids and base64, nor of a meaning in Ozone's textual form of ACLs. */
const separator = ';';
/**
 * Parts' checksums beyond this many bytes are left out: a record travels with every answer about its key. The blocks of
 * a key of so many parts take more than twice as much of the same answer.
 */
const maxPartBytes = 40_000;

/** hadoop.ozone.OzoneAclInfo.OzoneAclType.USER; NONE is bit 8 of the rights, which are in little endian bytes. */
const user = 1;
const noRights: Uint8Array = Uint8Array.of(0, 1);

export function toAcl({ etag, uploadId, namedParts, sizeBytes, checksum, partChecksums }: CompletionRecord): Acl {
  const ofWhole = checksum === undefined ? [] : [checksum.algorithm, checksum.type, checksum.value];
  const packed = Buffer.concat(partChecksums.map((value) => Buffer.from(value, 'base64')));
  const ofParts = checksum === undefined || packed.length > maxPartBytes ? [] : [packed.toString('base64')];
  const name = [prefix, etag, uploadId, namedParts, sizeBytes, ...ofWhole, ...ofParts].join(separator);
  return { type: user, name, rights: noRights, aclScope: 0 };
}

/** The record of the object with this ETag: the one added last. */
export function findRecord(acls: readonly Acl[], etag: string): CompletionRecord | undefined {
  const found = acls.findLast(({ name }) => name.startsWith(`${prefix}${separator}${etag}${separator}`));
  return found && parseRecord(found.name);
}

/** Of an upload, whatever has been written since: the OM keeps a key's ACLs when the key is overwritten. */
export function findRecordOfUpload(acls: readonly Acl[], uploadId: string): CompletionRecord | undefined {
  return recordsAmong(acls)
    .map(({ name }) => parseRecord(name))
    .find((record) => record.uploadId === uploadId);
}

/** All that were ever put there, the outdated ones too. */
export function recordsAmong(acls: readonly Acl[]): Acl[] {
  return acls.filter(({ name }) => name.startsWith(prefix + separator));
}

function parseRecord(name: string): CompletionRecord {
  const [, etag = '', uploadId = '', namedParts = '', size, algorithmName, typeName, value, packed] =
    name.split(separator);
  const algorithm = checksumAlgorithms.find((known) => known === algorithmName);
  const type = (['COMPOSITE', 'FULL_OBJECT'] as const).find((known) => known === typeName);
  const plain = { etag, uploadId, namedParts, sizeBytes: Number(size) };
  if (algorithm === undefined || type === undefined || value === undefined) {
    return { ...plain, checksum: undefined, partChecksums: [] };
  }
  const bytes = Buffer.from(packed ?? '', 'base64');
  const length = checksumBytes[algorithm];
  const partChecksums = Array.from({ length: Math.floor(bytes.length / length) }, (_, index) =>
    bytes.toString('base64', index * length, (index + 1) * length),
  );
  return { ...plain, checksum: { algorithm, type, value }, partChecksums };
}
