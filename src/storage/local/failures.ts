import { S3Error } from '../../errors/s3-error.ts';

const noSpaceCodes = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG']);
const noSpaceNumbers = new Set<unknown>([
  28, // ENOSPC
  122, // EDQUOT
  -30792, // MDB_MAP_FULL
]);
/** EIO: what LMDB makes of a write that the file system cut short, usually for want of room. */
const shortWrite = 5;

/** The one table from failures of files and of LMDB to S3's errors. `isFull` settles what an EIO of LMDB meant. */
export function toStoreError(error: unknown, isFull: () => boolean): unknown {
  const code = codeOf(error);
  if (noSpaceCodes.has(code) || noSpaceNumbers.has(code) || (code === shortWrite && isFull())) {
    return new S3Error('InsufficientCapacity', { cause: error });
  }
  return error;
}

export function isAbsent(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
