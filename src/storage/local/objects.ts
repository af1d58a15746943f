import type { Tag } from '../../s3/object-attributes.ts';
import { deleteEach } from '../deleting-each.ts';
import type {
  BodySource,
  ObjectDraft,
  ObjectInfo,
  ObjectRef,
  DatedPutResult,
  ReadOptions,
  StoreCall,
  WriteCondition,
} from '../values.ts';
import { requireBucket, requireObject } from './access.ts';
import { commit, type Internals } from './internals.ts';
import { objectKey } from './keys.ts';
import type { Locator } from './locator.ts';
import { partsOf } from './manifests.ts';
import type { Databases } from './metadata.ts';
import {
  tagPairs,
  toAttributes,
  toChecksum,
  toChecksumRecord,
  toObjectInfo,
  type AttributesRecord,
  type ObjectRecord,
} from './records.ts';
import { dropReference } from './references.ts';
import { place, stage, type StagedBody } from './staging.ts';
import { checkCondition } from './write-condition.ts';

export function headObject(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  options: ReadOptions = {},
): ObjectInfo {
  return internals.metadata.read((databases) => {
    const { record, owner } = requireObject(databases, call, ref);
    return toObjectInfo(ref.key, record, owner, options.withParts ? partsOf(databases, record) : undefined);
  });
}

export interface Put {
  readonly ref: ObjectRef;
  readonly draft: ObjectDraft;
  readonly body: BodySource;
  readonly condition: WriteCondition | undefined;
}

export async function putObject(
  internals: Internals,
  call: StoreCall,
  { ref, draft, body, condition }: Put,
): Promise<DatedPutResult> {
  internals.metadata.read((databases) => requireBucket(databases, call, ref.bucket));
  const staged = await stage(internals, body);
  return await putStaged(internals, call, { ref, attributes: toAttributes(draft), staged, condition });
}

export interface StagedPut {
  readonly ref: ObjectRef;
  readonly attributes: AttributesRecord;
  readonly staged: StagedBody;
  readonly condition: WriteCondition | undefined;
}

/** Makes a staged body the object, or discards it. */
export async function putStaged(
  internals: Internals,
  call: StoreCall,
  { ref, attributes, staged, condition }: StagedPut,
): Promise<DatedPutResult> {
  const { sizeBytes, md5, checksum } = staged.digests;
  try {
    const record: ObjectRecord = [
      sizeBytes,
      md5,
      Date.now(),
      staged.locator,
      0,
      toChecksumRecord(checksum),
      attributes,
    ];
    const garbage = await commit(internals, (databases) => {
      requireBucket(databases, call, ref.bucket);
      return replaceObject(databases, ref, { record, condition, prepare: () => place(databases, staged) });
    });
    internals.collector.collect(garbage);
    return toPutResult(record);
  } catch (error) {
    await staged.discard().catch(() => undefined);
    throw error;
  }
}

export interface Replacement {
  readonly record: ObjectRecord;
  readonly condition: WriteCondition | undefined;
  /** Runs once the condition holds: adds references to the record's body. */
  readonly prepare: () => void;
}

/** Within a write. Returns what has become garbage. */
export function replaceObject(
  databases: Databases,
  ref: ObjectRef,
  { record, condition, prepare }: Replacement,
): Locator {
  const key = objectKey(ref);
  const existing = databases.objects.get(key);
  checkCondition(condition, existing, ref.key);
  prepare();
  databases.objects.putSync(key, record);
  return existing === undefined ? '' : dropReference(databases, existing[3]);
}

export function toPutResult([sizeBytes, etag, lastModifiedMs, , , checksum]: ObjectRecord): DatedPutResult {
  const result = { etag, sizeBytes, lastModified: new Date(lastModifiedMs) };
  return checksum === null ? result : { ...result, checksum: toChecksum(checksum) };
}

export async function deleteObject(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  condition: WriteCondition | undefined,
): Promise<void> {
  const garbage = await internals.space.release(() =>
    internals.metadata.write((databases) => {
      requireBucket(databases, call, ref.bucket);
      const key = objectKey(ref);
      const existing = databases.objects.get(key);
      checkCondition(condition, existing, ref.key);
      if (existing === undefined) return '';
      databases.objects.removeSync(key);
      return dropReference(databases, existing[3]);
    }),
  );
  internals.collector.collect(garbage);
}

export async function deleteObjects(
  internals: Internals,
  call: StoreCall,
  bucket: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  internals.metadata.read((databases) => requireBucket(databases, call, bucket));
  return await deleteEach(keys, (key) => deleteObject(internals, call, { bucket, key }, undefined));
}

export async function setTags(
  internals: Internals,
  call: StoreCall,
  ref: ObjectRef,
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length > 0) internals.space.admitInline(0);
  await commit(internals, (databases) => {
    const [sizeBytes, etag, lastModifiedMs, locator, partsCount, checksum, attributes] = requireObject(
      databases,
      call,
      ref,
    ).record;
    const [headers, metadata, , storageClass] = attributes;
    const tagged: AttributesRecord = [headers, metadata, tagPairs(tags), storageClass];
    databases.objects.putSync(objectKey(ref), [sizeBytes, etag, lastModifiedMs, locator, partsCount, checksum, tagged]);
  });
}
