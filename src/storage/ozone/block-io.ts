import type { StoreLog } from '../values.ts';
import type { BlockId, ExcludeList } from './proto/hdds.ts';
import type { KeyLocation } from './proto/om.ts';

/** What the datanodes' side needs to know of the request that it works for. */
export interface IoContext {
  /** Fires when the client has gone or the gateway stops. */
  readonly signal: AbortSignal;
  readonly log: StoreLog;
}

export interface BlocksToWrite extends IoContext {
  /** Blocks that the OM gave with the open key; they are filled first. */
  readonly preallocated: readonly KeyLocation[];
  /** One more block of the same open key, none of what is excluded. */
  allocate(exclude: ExcludeList): Promise<KeyLocation>;
  /** Of all chunks together, where it is known: no more memory is taken than it needs. */
  readonly sizeBytes?: number;
  /** A chunk is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A block as CommitKey names it: with the commit sequence id of its last PutBlock, and its bytes. */
export interface WrittenBlock {
  readonly blockID: BlockId;
  readonly length: number;
}

export interface BlocksToRead extends IoContext {
  /** All blocks of the key, in order. */
  readonly locations: readonly KeyLocation[];
  /** First and last byte within the key, both inclusive. */
  readonly range: { readonly first: number; readonly last: number };
  /**
   * The same blocks as the OM has them now, asked past its cache; by the order of `locations`. Throws when they are no
   * longer the key's.
   */
  refresh(): Promise<readonly KeyLocation[]>;
}

/** Blocks in and out of the datanodes. Holds their connections; shared by all requests of a process. */
export interface Datanodes {
  /**
   * Resolves when every byte is on the datanodes, as durable as configured; the blocks in the order of the bytes, none
   * empty. Rejects with S3Error (SlowDown, InternalError) or with what `chunks` threw; nothing is to be committed then.
   */
  write(blocks: BlocksToWrite): Promise<readonly WrittenBlock[]>;
  /** Verified bytes of the range, in pieces; rejects with S3Error when no replica has them. */
  read(blocks: BlocksToRead): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
