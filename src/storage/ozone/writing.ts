import { S3Error } from '../../errors/s3-error.ts';
import type { BodySource, ObjectDraft, ObjectRef, PutResult, StoreCall, WriteCondition } from '../values.ts';
import { createKey, writeBody, type OpenKey } from './body-writing.ts';
import { checkWritable, isFileSystem } from './bucket-infos.ts';
import { commitKey } from './committing.ts';
import type { Internals } from './internals.ts';
import { shownEtag } from './key-info.ts';
import { contentEntries, draftEntries } from './key-metadata.ts';
import { checkStorable, isPathName } from './key-names.ts';
import { isOmError } from './om/om-error.ts';
import type { KeyInfo } from './proto/om.ts';
import { replicationOf } from './replication.ts';

export interface Put {
  readonly ref: ObjectRef;
  readonly draft: ObjectDraft;
  readonly body: BodySource;
  readonly condition: WriteCondition | undefined;
}

/** Rejects with S3Error, and with what the OM says; the object is then as it was, or, very rarely, nobody knows. */
export async function putObject(internals: Internals, call: StoreCall, put: Put): Promise<PutResult> {
  const { ref, draft, body, condition } = put;
  checkStorable(ref.key);
  const bucket = await internals.buckets.recent(call, ref.bucket);
  checkWritable(bucket, replicationOf(draft.storageClass, internals.settings) !== undefined);
  if (isFileSystem(bucket)) {
    checkPath(ref.key);
    if (ref.key.endsWith('/')) return await putDirectory(internals, call, put);
  }
  const { names, owner } = await namesOf(internals, call, ref);
  const openKey = await openObjectKey(internals, call, { ...put, names, owner });
  const locations = await writeBody(internals, call, openKey, body);
  const { sizeBytes, md5: etag, checksum } = body.digests();
  const metadata = contentEntries({ etag, checksum });
  await commitKey(internals, call, { names, openKey, locations, sizeBytes, etag, metadata, condition });
  return { etag, sizeBytes, checksum };
}

interface Names {
  readonly volumeName: string;
  readonly bucketName: string;
  readonly keyName: string;
}

async function namesOf({ om }: Internals, call: StoreCall, { bucket, key }: ObjectRef) {
  const { volume, userPrincipal } = await om.s3Context(call);
  return { names: { volumeName: volume, bucketName: bucket, keyName: key }, owner: userPrincipal };
}

interface Opening extends Put {
  readonly names: Names;
  readonly owner: string;
}

async function openObjectKey(internals: Internals, call: StoreCall, opening: Opening): Promise<OpenKey> {
  const { draft, body, condition, names, owner } = opening;
  const keyArgs = {
    ...names,
    ...replicationOf(draft.storageClass, internals.settings),
    dataSize: body.sizeBytes,
    metadata: draftEntries(draft),
    tags: draft.tags,
    ownerName: owner,
  };
  if (condition?.ifMatch !== undefined) return await openOver(internals, call, keyArgs, condition.ifMatch);
  const expectedDataGeneration = condition?.ifNoneMatch === undefined ? undefined : 0;
  return await createKey(internals, call, { keyArgs: { ...keyArgs, expectedDataGeneration } });
}

type CreateKeyArgs = Names & Parameters<typeof createKey>[2]['keyArgs'];

async function openOver(
  internals: Internals,
  call: StoreCall,
  keyArgs: CreateKeyArgs,
  ifMatch: string,
): Promise<OpenKey> {
  if (ifMatch === '*') return await openOverSeen(internals, call, keyArgs, () => true);
  try {
    return await createKey(internals, call, { keyArgs: { ...keyArgs, expectedETag: ifMatch } });
  } catch (error) {
    // The key was written by no gateway: its ETag is one that we show, and the OM does not know.
    if (!isOmError(error, 'ETAG_NOT_AVAILABLE')) throw error;
    return await openOverSeen(internals, call, keyArgs, (info) => shownEtag(info) === ifMatch);
  }
}

/** The OM compares its own ETags only: anything else is asked as whether the object is still the one that was seen. */
async function openOverSeen(
  internals: Internals,
  call: StoreCall,
  keyArgs: CreateKeyArgs,
  isMeant: (info: KeyInfo) => boolean,
): Promise<OpenKey> {
  const { volumeName, bucketName, keyName } = keyArgs;
  for (let attempt = 1; ; attempt++) {
    const { keyInfo } = await internals.om.call(call, 'GetKeyInfo', {
      keyArgs: { volumeName, bucketName, keyName, headOp: true },
    });
    if (!isMeant(keyInfo)) throw new S3Error('PreconditionFailed', { details: { Condition: 'If-Match' } });
    try {
      return await createKey(internals, call, { keyArgs: { ...keyArgs, expectedDataGeneration: keyInfo.updateID } });
    } catch (error) {
      // It was replaced just now, or deleted, which the next look shows.
      if (attempt === 3 || !isOmError(error, 'KEY_NOT_FOUND')) throw error;
    }
  }
}

/** The OM would make another name of it, which may be that of another object. */
function checkPath(key: string): void {
  if (key.replace(/\/$/, '').split('/').every(isPathName)) return;
  throw new S3Error('InvalidArgument', {
    message: 'The bucket is a file system: an object key is a path without empty parts, "." and "..".',
  });
}

/** An object whose key ends in a slash is a directory: it has no bytes, and nothing is kept of it but the name. */
async function putDirectory(
  internals: Internals,
  call: StoreCall,
  { ref, draft, body, condition }: Put,
): Promise<PutResult> {
  if (condition?.ifMatch !== undefined) throw unlikeDirectory('replaced');
  if (Object.keys(draft.metadata).length > 0) throw unlikeDirectory('given metadata');
  if (draft.tags.length > 0) throw unlikeDirectory('given tags');
  let sizeBytes = 0;
  for await (const chunk of body.chunks()) sizeBytes += chunk.length;
  if (sizeBytes > 0) throw unlikeDirectory('written to');
  const { names, owner } = await namesOf(internals, call, ref);
  try {
    await internals.om.call(call, 'CreateDirectory', { keyArgs: { ...names, ownerName: owner } });
  } catch (error) {
    if (!isOmError(error, 'DIRECTORY_ALREADY_EXISTS')) throw error;
    if (condition?.ifNoneMatch !== undefined) {
      throw new S3Error('PreconditionFailed', { details: { Condition: 'If-None-Match' } });
    }
  }
  const { md5, checksum } = body.digests();
  return { etag: md5, sizeBytes, checksum };
}

function unlikeDirectory(what: string): S3Error {
  const message = `The bucket is a file system: a key that ends in a slash is a directory, which can't be ${what}.`;
  return new S3Error('NotImplemented', { message });
}
