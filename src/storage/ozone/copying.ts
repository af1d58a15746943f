import { createDigester } from '../../body/digester.ts';
import type { ChecksumAlgorithm } from '../../s3/checksum.ts';
import type { ByteRange } from '../../s3/object-attributes.ts';
import type {
  BodySource,
  CopyOptions,
  DatedPutResult,
  ObjectDraft,
  ObjectInfo,
  ObjectRef,
  OpenObject,
  PartCopyOptions,
  PartInfo,
  StoreCall,
  UploadRef,
} from '../values.ts';
import type { Internals } from './internals.ts';
import { putPart } from './multipart/part-writing.ts';
import { headUpload } from './multipart/uploads.ts';
import { headObject } from './objects.ts';
import { openObject } from './opening.ts';
import { putObject } from './writing.ts';

/** What an object has that was stored without naming an algorithm. */
const defaultAlgorithm = 'CRC64NVME';

/** Ozone copies nothing by itself: the bytes go through the gateway, and are hashed anew. */
export async function copyObject(
  internals: Internals,
  call: StoreCall,
  { source, target }: { readonly source: ObjectRef; readonly target: ObjectRef },
  options: CopyOptions,
): Promise<DatedPutResult> {
  await internals.buckets.recent(call, target.bucket);
  const opened = await openObject(internals, call, source);
  try {
    options.check(opened.info);
    const algorithm = options.checksumAlgorithm ?? opened.info.checksum?.algorithm ?? defaultAlgorithm;
    const body = copiedBody(call, opened, { range: undefined, algorithm });
    const draft = copiedDraft(opened.info, options);
    const put = await putObject(internals, call, { ref: target, draft, body, condition: options.condition });
    return { ...put, lastModified: await lastModifiedOf(internals, call, target) };
  } finally {
    await opened.close();
  }
}

/** The OM does not say it when it stores an object. One that has been deleted since was there until now. */
async function lastModifiedOf(internals: Internals, call: StoreCall, ref: ObjectRef): Promise<Date> {
  return await headObject(internals, call, ref).then(
    (info) => info.lastModified,
    () => new Date(),
  );
}

export async function copyPart(
  internals: Internals,
  call: StoreCall,
  upload: UploadRef,
  copy: { readonly partNumber: number; readonly source: ObjectRef; readonly options: PartCopyOptions },
): Promise<PartInfo> {
  const { checksum } = await headUpload(internals, call, upload);
  const opened = await openObject(internals, call, copy.source);
  try {
    const range = copy.options.select(opened.info);
    const body = copiedBody(call, opened, { range, algorithm: checksum?.algorithm ?? defaultAlgorithm });
    return await putPart(internals, call, upload, { partNumber: copy.partNumber, body });
  } finally {
    await opened.close();
  }
}

/** Neither ETag nor checksum come along: they are made of the bytes that are read. */
function copiedDraft({ headers, metadata, tags }: ObjectInfo, { replace, storageClass }: CopyOptions): ObjectDraft {
  return {
    headers: replace.headers ?? headers,
    metadata: replace.metadata ?? metadata,
    tags: replace.tags ?? tags,
    storageClass,
  };
}

interface Copied {
  readonly range: ByteRange | undefined;
  readonly algorithm: ChecksumAlgorithm;
}

/** An object's bytes as the body of a write, read as they are asked for. */
function copiedBody({ signal }: StoreCall, opened: OpenObject, { range, algorithm }: Copied): BodySource {
  const sizeBytes = range === undefined ? opened.info.sizeBytes : range.last - range.first + 1;
  let digester = createDigester(algorithm);
  async function* chunks(): AsyncIterable<Uint8Array> {
    const bytes = opened.read(range);
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      signal.throwIfAborted();
      digester.update(chunk);
      yield chunk;
    }
  }
  return {
    sizeBytes,
    requiredSizeBytes: () => sizeBytes,
    useAlgorithm: (wanted) => (digester = createDigester(wanted)),
    async bytes() {
      const whole = Buffer.alloc(sizeBytes);
      let length = 0;
      for await (const chunk of chunks()) {
        whole.set(chunk, length);
        length += chunk.length;
      }
      return whole;
    },
    chunks,
    digests: () => digester.digests(),
  };
}
