import { setMaxListeners } from 'node:events';
import type { ByteRange } from '../../s3/object-attributes.ts';
import type { ObjectStore } from '../port.ts';
import type { ObjectDraft, ObjectInfo, ObjectRef, PutResult, StoreCall, WriteCondition } from '../values.ts';
import { bodyOf } from './body.ts';

export const plainDraft: ObjectDraft = { headers: {}, metadata: {}, tags: [], storageClass: 'STANDARD' };

export function callAs(userName: string): StoreCall {
  const quiet = (): void => undefined;
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return {
    caller: { accessId: userName, userName },
    requestId: 'contract',
    clientAddress: '127.0.0.1',
    signal,
    log: { debug: quiet, warn: quiet, error: quiet },
  };
}

let buckets = 0;

/** What a test of the contract works with: a store, and a bucket of its own. */
export class Fixture {
  readonly store: ObjectStore;
  readonly call = callAs('ada');
  readonly stranger = callAs('eve');
  readonly bucket = `contract-${String(++buckets)}-${process.pid}`;

  constructor(store: ObjectStore) {
    this.store = store;
  }

  ref(key: string): ObjectRef {
    return { bucket: this.bucket, key };
  }

  async put(key: string, content: string | Uint8Array, condition?: WriteCondition): Promise<PutResult> {
    return await this.store.putObject(this.call, this.ref(key), plainDraft, bodyOf(content), condition);
  }

  async head(key: string): Promise<ObjectInfo> {
    return await this.store.headObject(this.call, this.ref(key));
  }

  async get(key: string, range?: ByteRange): Promise<Buffer> {
    return await readAll((await this.store.openObject(this.call, this.ref(key))).read(range));
  }

  async text(key: string): Promise<string> {
    return (await this.get(key)).toString();
  }

  async keys(prefix = ''): Promise<string[]> {
    const page = await this.store.listObjects(this.call, this.bucket, { prefix, delimiter: '', limit: 1000 });
    return page.objects.map(({ key }) => key);
  }
}

export async function readAll(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (bytes instanceof Uint8Array) return Buffer.from(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** What a rejection carries: tests compare codes. */
export async function codeOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  }
  return 'resolved';
}
