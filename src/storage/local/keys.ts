import type { ObjectRef, UploadRef } from '../values.ts';

/** Keys of the databases: bytes, so that their order is that of S3's listings. A bucket's name has no NUL. */
const separator = '\0';
const uploadIdPattern = /^[0-9a-f]{32}$/;

export function bucketKey(bucket: string): Buffer {
  return Buffer.from(bucket);
}

export function objectKey(ref: ObjectRef): Buffer {
  return Buffer.from(ref.bucket + separator + ref.key);
}

/** LMDB takes no longer key, not even to look for. No key that is stored comes near it. */
const maxKeyPrefixBytes = 1978;

/**
 * Begins the keys of a bucket's objects, or of its uploads, whose S3 key begins with `prefix`. Cut off where it is
 * longer than any key is, which changes nothing in how it compares with keys.
 */
export function keyPrefix(bucket: string, prefix: string): Buffer {
  return Buffer.from(bucket + separator + prefix).subarray(0, maxKeyPrefixBytes);
}

/** The S3 key in an object's database key. */
export function keyIn(bucket: string, databaseKey: Buffer): string {
  return databaseKey.toString('utf8', bucket.length + 1);
}

/** Undefined for an id that this store never gave out. */
export function uploadKey(upload: UploadRef): Buffer | undefined {
  if (!uploadIdPattern.test(upload.uploadId)) return undefined;
  return Buffer.from(upload.bucket + separator + upload.key + separator + upload.uploadId);
}

/** The S3 key and upload id in an upload's database key. */
export function uploadIn(bucket: string, databaseKey: Buffer): { readonly key: string; readonly uploadId: string } {
  const end = databaseKey.length - 32;
  return {
    key: databaseKey.toString('utf8', bucket.length + 1, end - 1),
    uploadId: databaseKey.toString('latin1', end),
  };
}

/** Begins the keys of an upload's parts. */
export function partsPrefix(uploadId: string): Buffer {
  return Buffer.from(uploadId, 'hex');
}

export function partKey(uploadId: string, partNumber: number): Buffer {
  const key = Buffer.alloc(18);
  key.write(uploadId, 0, 'hex');
  key.writeUInt16BE(partNumber, 16);
  return key;
}

export function partNumberIn(databaseKey: Buffer): number {
  return databaseKey.readUInt16BE(16);
}
