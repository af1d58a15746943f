import { parseEncodingType } from '../s3/encoding-type.ts';
import { parsePageLimit } from '../s3/list-parameters.ts';
import { ownerOf, type Owner } from '../s3/owner.ts';
import type { ListedObject, ObjectPage } from '../storage/values.ts';
import type { ListedEntry, ObjectListing } from '../xml/listings.ts';
import type { BucketContext } from './operation.ts';

export interface ListedPage {
  readonly listing: ObjectListing;
  /** Bare: the `after` of the next page. */
  readonly next: string | undefined;
  readonly encode: (key: string) => string;
}

/** What both versions of ListObjects have in common: parameters, the store's page, keys as they are to be shown. */
export async function listPage(
  { store, call, bucket, request }: BucketContext,
  after: string | undefined,
  withOwner: boolean,
): Promise<ListedPage> {
  const { encodingType, encode } = parseEncodingType(request.query('encoding-type'));
  const limit = parsePageLimit('max-keys', request.query('max-keys'), 'maxKeys');
  const prefix = request.query('prefix') ?? '';
  const delimiter = request.query('delimiter') ?? '';
  const window = { prefix, delimiter, limit, ...(after !== undefined && after !== '' && { after }) };
  let page: ObjectPage = { objects: [], commonPrefixes: [] };
  if (limit === 0) await store.headBucket(call, bucket);
  else page = await store.listObjects(call, bucket, window);
  const ownerNamed = createOwners();
  return {
    listing: {
      bucket,
      prefix: encode(prefix),
      ...(delimiter !== '' && { delimiter: encode(delimiter) }),
      ...(encodingType !== undefined && { encodingType }),
      maxKeys: limit,
      isTruncated: page.next !== undefined,
      entries: page.objects.map((object) => toEntry(object, encode, withOwner ? ownerNamed : undefined)),
      commonPrefixes: page.commonPrefixes.map(encode),
    },
    next: page.next,
    encode,
  };
}

function toEntry(
  object: ListedObject,
  encode: (key: string) => string,
  ownerNamed: ((userName: string) => Owner) | undefined,
): ListedEntry {
  const { owner, ...shown } = object;
  const key = encode(object.key);
  return ownerNamed === undefined ? { ...shown, key } : { ...shown, key, owner: ownerNamed(owner) };
}

/** An owner's id is a digest of the name: worked out once a page, not once a key. */
export function createOwners(): (userName: string) => Owner {
  const owners = new Map<string, Owner>();
  return (userName) => {
    const known = owners.get(userName);
    if (known !== undefined) return known;
    const owner = ownerOf(userName);
    owners.set(userName, owner);
    return owner;
  };
}
