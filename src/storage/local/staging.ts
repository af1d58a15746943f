import type { BodySource, Digests } from '../values.ts';
import { BlobWriter } from './blob-writer.ts';
import type { BlobDirectory } from './blobs.ts';
import { idKey, idOf, kindOf, locatorOf, noBody, type IdSource, type Locator } from './locator.ts';
import type { Databases } from './metadata.ts';
import { addReference } from './references.ts';
import type { Space } from './space.ts';

/** Up to this size a body lives in the metadata: one synced commit then carries many (docs/adr/0006-local-store.md). */
export const inlineBytes = 64 * 1024;

/** A body that is there in full, or durably in a file, and is not yet visible: to be placed, or discarded. */
export interface StagedBody {
  readonly locator: Locator;
  readonly inline: Buffer | undefined;
  /** Another object's file, which may be gone when this is placed. */
  readonly shared: boolean;
  readonly digests: Digests;
  discard(): Promise<void>;
}

export interface Staging {
  readonly blobs: BlobDirectory;
  readonly ids: IdSource;
  readonly space: Space;
}

/** Reads the body to its end. Whatever fails, nothing of it is left. */
export async function stage(staging: Staging, body: BodySource): Promise<StagedBody> {
  const { sizeBytes } = body;
  if (sizeBytes === undefined || sizeBytes > inlineBytes) {
    return await stageChunks(staging, { sizeBytes, chunks: body.chunks(), digests: () => body.digests() });
  }
  staging.space.admitInline(sizeBytes);
  const bytes = await body.bytes();
  return stagedInline(staging, bytes, body.digests());
}

export interface ChunkedBody {
  /** Undefined if unknown. */
  readonly sizeBytes: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Asked for at the end. */
  readonly digests: () => Digests;
}

/** Kept in memory as long as it may be a small body, then in a file. */
export async function stageChunks(staging: Staging, { sizeBytes, chunks, digests }: ChunkedBody): Promise<StagedBody> {
  const room = staging.space.admitFile(sizeBytes ?? 0);
  const keepBytes = sizeBytes === undefined || sizeBytes <= inlineBytes ? inlineBytes : 0;
  const id = staging.ids.next();
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let writer: BlobWriter | undefined;
  try {
    for await (const chunk of chunks) {
      room.written(chunk.length);
      if (writer === undefined && keptBytes + chunk.length <= keepBytes) {
        kept.push(Buffer.from(chunk));
        keptBytes += chunk.length;
        continue;
      }
      if (writer === undefined) {
        writer = await BlobWriter.create(staging.blobs, id);
        for (const early of kept) await writer.append(early);
      }
      await writer.append(chunk);
    }
    if (writer === undefined) return stagedInline(staging, Buffer.concat(kept), digests());
    const result = digests();
    await writer.finish();
    return stagedFile(writer, id, result);
  } catch (error) {
    await writer?.abandon().catch(() => undefined);
    throw await staging.space.failure(error);
  } finally {
    room.end();
  }
}

export function stagedInline(staging: Staging, bytes: Buffer, digests: Digests): StagedBody {
  const locator = bytes.length === 0 ? noBody : locatorOf('inline', staging.ids.next());
  return { locator, inline: bytes, shared: false, digests, discard: () => Promise.resolve() };
}

function stagedFile(writer: BlobWriter, id: string, digests: Digests): StagedBody {
  return { locator: locatorOf('file', id), inline: undefined, shared: false, digests, discard: () => writer.abandon() };
}

/** A body that another object has in a file, too. */
export function stagedShared(locator: Locator, digests: Digests): StagedBody {
  return { locator, inline: undefined, shared: true, digests, discard: () => Promise.resolve() };
}

/** The file that was to be shared has been removed meanwhile. */
export class SharedBlobGone extends Error {}

/** Within a write, before all else that it writes. Throws SharedBlobGone. */
export function place(databases: Databases, { locator, inline, shared }: StagedBody): void {
  const kind = kindOf(locator);
  if (kind === 'inline' && inline !== undefined) databases.bodies.putSync(idKey(idOf(locator)), inline);
  if (kind !== 'file') return;
  if (shared && databases.blobs.get(idKey(idOf(locator))) === undefined) throw new SharedBlobGone();
  addReference(databases, locator);
}
