import { createDigester } from '../../body/digester.ts';
import type { ChecksumAlgorithm } from '../../s3/checksum.ts';
import type { ByteRange } from '../../s3/object-attributes.ts';
import type {
  CopyOptions,
  Digests,
  ObjectRef,
  PartCopyOptions,
  PartInfo,
  DatedPutResult,
  StoreCall,
  UploadRef,
} from '../values.ts';
import { requireBucket } from './access.ts';
import type { Internals } from './internals.ts';
import { kindOf } from './locator.ts';
import { putStaged } from './objects.ts';
import { openObject, type HeldObject } from './opening.ts';
import { tagPairs, toChecksum, toPairs, type AttributesRecord } from './records.ts';
import { SharedBlobGone, stageChunks, stagedInline, stagedShared, type StagedBody } from './staging.ts';
import { putStagedPart, requireUpload } from './uploads.ts';

/** What an object has that was stored without naming an algorithm. */
const defaultAlgorithm = 'CRC64NVME';

export async function copyObject(
  internals: Internals,
  call: StoreCall,
  { source, target }: { readonly source: ObjectRef; readonly target: ObjectRef },
  options: CopyOptions,
): Promise<DatedPutResult> {
  internals.metadata.read((databases) => requireBucket(databases, call, target.bucket));
  const held = await openObject(internals, call, source);
  try {
    options.check(held.info);
    const algorithm = options.checksumAlgorithm ?? held.info.checksum?.algorithm ?? defaultAlgorithm;
    const attributes = copiedAttributes(held.record[6], options);
    return await copyBytes(internals, call, { held, range: undefined, algorithm }, (staged) =>
      putStaged(internals, call, { ref: target, attributes, staged, condition: options.condition }),
    );
  } finally {
    await held.close();
  }
}

export async function copyPart(
  internals: Internals,
  call: StoreCall,
  upload: UploadRef,
  copy: { readonly partNumber: number; readonly source: ObjectRef; readonly options: PartCopyOptions },
): Promise<PartInfo> {
  const { record } = internals.metadata.read((databases) => requireUpload(databases, call, upload));
  const held = await openObject(internals, call, copy.source);
  try {
    const range = copy.options.select(held.info);
    const algorithm = record[1]?.[0] ?? defaultAlgorithm;
    return await copyBytes(internals, call, { held, range, algorithm }, (staged) =>
      putStagedPart(internals, call, upload, { partNumber: copy.partNumber, staged }),
    );
  } finally {
    await held.close();
  }
}

function copiedAttributes(
  [headers, metadata, tags]: AttributesRecord,
  { replace, storageClass }: CopyOptions,
): AttributesRecord {
  return [
    replace.headers === undefined ? headers : toPairs(replace.headers),
    replace.metadata === undefined ? metadata : toPairs(replace.metadata),
    replace.tags === undefined ? tags : tagPairs(replace.tags),
    storageClass,
  ];
}

interface Copy {
  readonly held: HeldObject;
  readonly range: ByteRange | undefined;
  readonly algorithm: ChecksumAlgorithm;
}

/** Shares the source's body where its digests are those wanted, else reads and hashes it. */
async function copyBytes<T>(
  internals: Internals,
  call: StoreCall,
  copy: Copy,
  put: (staged: StagedBody) => Promise<T>,
): Promise<T> {
  const shared = sharedBody(internals, copy);
  if (shared !== undefined) {
    try {
      return await put(shared);
    } catch (error) {
      // The source was replaced since it was opened, but it is open: it can be read.
      if (!(error instanceof SharedBlobGone)) throw error;
    }
  }
  return await put(await stageCopy(internals, call, copy));
}

function sharedBody(internals: Internals, { held, range, algorithm }: Copy): StagedBody | undefined {
  const [sizeBytes, md5, , locator, , checksum] = held.record;
  const isWhole = range === undefined || (range.first === 0 && range.last === sizeBytes - 1);
  if (!isWhole || checksum?.[0] !== algorithm || kindOf(locator) === 'manifest') return undefined;
  internals.space.admitInline(0);
  const digests: Digests = { sizeBytes, md5, checksum: toChecksum(checksum) };
  if (kindOf(locator) === 'file') return stagedShared(locator, digests);
  return stagedInline(internals, Buffer.from(held.read() as Uint8Array), digests);
}

async function stageCopy(internals: Internals, call: StoreCall, { held, range, algorithm }: Copy): Promise<StagedBody> {
  const sizeBytes = range === undefined ? held.info.sizeBytes : range.last - range.first + 1;
  const digester = createDigester(algorithm);
  async function* hashed(): AsyncIterable<Uint8Array> {
    const bytes = held.read(range);
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      call.signal.throwIfAborted();
      digester.update(chunk);
      yield chunk;
    }
  }
  return await stageChunks(internals, { sizeBytes, chunks: hashed(), digests: () => digester.digests() });
}
