import { bytesPast, ListFold, type ListPosition } from '../../s3/list-window.ts';
import type { ListedObject, ObjectPage, ObjectWindow, StoreCall } from '../values.ts';
import { requireBucket } from './access.ts';
import type { Internals } from './internals.ts';
import { keyIn, keyPrefix } from './keys.ts';
import { toListedObject } from './records.ts';

export function listObjects(internals: Internals, call: StoreCall, bucket: string, window: ObjectWindow): ObjectPage {
  return internals.metadata.read((databases) => {
    const [, owner] = requireBucket(databases, call, bucket);
    const objects: ListedObject[] = [];
    const fold = new ListFold(window);
    walk({ bucket, prefix: window.prefix, fold, start: seek(bucket, fold.start) }, (range) => {
      for (const { key, value } of databases.objects.getRange(range)) {
        const name = keyIn(bucket, key);
        const kind = fold.offer(name);
        if (kind !== 'object') return kind;
        objects.push(toListedObject(name, value, owner));
      }
      return 'end';
    });
    const { commonPrefixes, next } = fold;
    return { objects, commonPrefixes, ...(next !== undefined && { next }) };
  });
}

export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

export interface Walk {
  readonly bucket: string;
  readonly prefix: string;
  readonly fold: ListFold;
  readonly start: Buffer;
}

/** Reads ranges of a bucket's keys, each up to a common prefix, and seeks past what that hides. */
export function walk({ bucket, prefix, fold, start }: Walk, read: (range: KeyRange) => 'prefix' | 'end'): void {
  const whole = keyPrefix(bucket, prefix);
  const end = bytesPast(whole) ?? whole;
  let from = start;
  while (Buffer.compare(from, end) < 0 && read({ start: from, end }) === 'prefix') from = seek(bucket, fold.resume);
}

export function seek(bucket: string, position: ListPosition): Buffer {
  switch (position.kind) {
    case 'from':
      return keyPrefix(bucket, position.key);
    case 'after':
      return keyPrefix(bucket, `${position.key}\0`);
    case 'past': {
      const prefix = keyPrefix(bucket, position.prefix);
      return bytesPast(prefix) ?? prefix;
    }
  }
}
