import { ListFold } from '../../s3/list-window.ts';
import type { ListedObject, ObjectPage, ObjectWindow, StoreCall } from '../values.ts';
import { isFileSystem } from './bucket-infos.ts';
import { FlatKeys, type FlatRequest } from './flat-keys.ts';
import type { Internals } from './internals.ts';
import { toListedObject } from './key-info.ts';
import { isOmError } from './om/om-error.ts';
import { toS3Error } from './om/om-status.ts';
import { spanOf, type OrderedKeys } from './ordered-keys.ts';
import type { Answered } from './page-order.ts';
import type { BasicKeyInfo } from './proto/om.ts';
import { TreeKeys } from './tree-keys.ts';
import type { Child, ReadDirectory } from './tree-level.ts';

/** A page has at most as many keys as the operator allows, whatever its limit. */
export async function listObjects(
  internals: Internals,
  call: StoreCall,
  bucket: string,
  window: ObjectWindow,
): Promise<ObjectPage> {
  const info = await internals.buckets.read(call, bucket);
  const limit = Math.min(window.limit, internals.settings.listMaxKeys);
  if (limit <= 0) return { objects: [], commonPrefixes: [] };
  const page = { ...window, limit };
  const fold = new ListFold(page);
  const span = spanOf(page, fold);
  try {
    const reader = await readerOf(internals, call, bucket);
    const keys = isFileSystem(info)
      ? new TreeKeys(reader.directory, span, internals.settings.omListMaxSize)
      : new FlatKeys(reader.keys, span);
    const objects = await foldAll(keys, fold);
    const { commonPrefixes, next } = fold;
    return { objects, commonPrefixes, ...(next !== undefined && { next }) };
  } catch (error) {
    throw toS3Error(error, { bucket });
  }
}

async function foldAll(keys: OrderedKeys, fold: ListFold): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for (let key = await keys.next(); key !== undefined;) {
    const kind = fold.offer(key.name);
    if (kind === 'end') break;
    if (kind === 'object') objects.push(toListedObject(key.name, key.info));
    key = await keys.next(kind === 'prefix' ? fold.resume : undefined);
  }
  return objects;
}

interface Reader {
  readonly keys: (request: FlatRequest) => Promise<Answered<BasicKeyInfo>>;
  readonly directory: ReadDirectory;
}

async function readerOf({ om }: Internals, call: StoreCall, bucket: string): Promise<Reader> {
  const { volume } = await om.s3Context(call);
  const names = { volumeName: volume, bucketName: bucket };
  return {
    keys: async (request) => {
      const { basicKeyInfo, isTruncated } = await om.call(call, 'ListKeysLight', { ...names, ...request });
      return { entries: basicKeyInfo, isTruncated };
    },
    directory: async (path, from, count) => {
      try {
        const { statuses } = await om.call(call, 'ListStatusLight', {
          keyArgs: { ...names, keyName: path.slice(0, -1), latestVersionLocation: true, headOp: true },
          recursive: false,
          startKey: from === '' ? '' : path + from,
          numEntries: count,
          allowPartialPrefix: false,
        });
        return statuses.flatMap(({ basicKeyInfo, isDirectory }) => childOf(path, basicKeyInfo, isDirectory));
      } catch (error) {
        if (isOmError(error, 'FILE_NOT_FOUND', 'DIRECTORY_NOT_FOUND')) return [];
        throw error;
      }
    },
  };
}

/** Asked for what is in a file, the OM gives the file. */
function childOf(path: string, info: BasicKeyInfo, isDirectory: boolean): Child[] {
  const { keyName } = info;
  return keyName.startsWith(path) ? [{ name: keyName.slice(path.length), isDirectory, info }] : [];
}
