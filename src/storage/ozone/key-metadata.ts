import { checksumAlgorithms, type Checksum } from '../../s3/checksum.ts';
import { systemHeaderNames, type SystemHeaders, type UserMetadata } from '../../s3/object-attributes.ts';
import type { ObjectDraft } from '../values.ts';
import type { KeyValue } from './proto/hdds.ts';

/**
 * A key's metadata is one map of text, shared by the OM, by Ozone's own gateway and by this one. User metadata is in it
 * under its plain names, all in lower case; system headers are under their names as HTTP writes them, as in Ozone since
 * HDDS-15515; and what nobody but a gateway is to read begins with the prefix that Ozone reserves since HDDS-15606.
 */
const reservedPrefix = 'ozone-s3-internal-';

const etagName = 'ETag';
/** Where Ozone 2.2.0 puts the user's own `etag`, lest it be taken for the key's. */
const userEtagName = 'etag-custom';

/** What this gateway keeps beside the draft, each under the reserved prefix. */
export const recordNames = ['checksum', 'upload'] as const;
export type RecordName = (typeof recordNames)[number];

/** Put there by the OM, or by clients that encrypt for GDPR: nothing that a user said. */
const hiddenNames: ReadonlySet<string> = new Set([
  'hsyncClientId',
  'leaseRecovery',
  'deletedHsyncKey',
  'overwrittenHsyncKey',
  'gdprEnabled',
]);
const gdprNames: ReadonlySet<string> = new Set(['secret', 'algorithm']);

export interface KeyMetadata {
  /** Absent for a key that no gateway wrote. */
  readonly etag?: string;
  readonly headers: SystemHeaders;
  /** In the order of the names: the OM keeps none. */
  readonly metadata: UserMetadata;
  readonly checksum?: Checksum;
  readonly records: ReadonlyMap<RecordName, string>;
}

/** What CreateKey and InitiateMultiPartUpload are to keep of a draft. */
export function draftEntries({ headers, metadata }: Pick<ObjectDraft, 'headers' | 'metadata'>): KeyValue[] {
  const system = systemHeaderNames.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [{ key: systemName(name), value }];
  });
  return [...system, ...Object.entries(metadata).map(([name, value]) => ({ key: userName(name), value }))];
}

/** What CommitKey is to keep of the bytes. The checksum is bound to the ETag: a copy by other means may bring new bytes. */
export function contentEntries({
  etag,
  checksum,
}: {
  readonly etag: string;
  readonly checksum?: Checksum;
}): KeyValue[] {
  const entry = { key: etagName, value: etag };
  if (checksum === undefined) return [entry];
  const { algorithm, type, value } = checksum;
  return [entry, recordEntry('checksum', [etag, algorithm, type, value].join(' '))];
}

export function recordEntry(name: RecordName, value: string): KeyValue {
  return { key: reservedPrefix + name, value };
}

export function readKeyMetadata(entries: readonly KeyValue[]): KeyMetadata {
  const values = new Map(entries.map(({ key, value }) => [key, value]));
  const isSecret = isGdpr(entries);
  const etag = values.get(etagName);
  const records = new Map(
    recordNames.flatMap((name) => {
      const value = values.get(reservedPrefix + name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const checksum = readChecksum(etag, records.get('checksum'));
  return {
    headers: Object.fromEntries(
      systemHeaderNames.flatMap((name) => {
        const value = values.get(systemName(name));
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    metadata: userMetadataOf(entries.filter(({ key }) => !(isSecret && gdprNames.has(key)))),
    records,
    ...(etag !== undefined && { etag }),
    ...(checksum !== undefined && { checksum }),
  };
}

/** Whether a key's bytes are encrypted with a secret that is in its metadata, or those of a bucket's keys are to be. */
export function isGdpr(entries: readonly KeyValue[]): boolean {
  return entries.some(({ key, value }) => key === 'gdprEnabled' && value.toLowerCase() === 'true');
}

function userMetadataOf(entries: readonly KeyValue[]): UserMetadata {
  const named = entries.flatMap(({ key, value }): [string, string][] => {
    const name = readName(key);
    return name === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const systemNames: ReadonlySet<string> = new Set(systemHeaderNames.map(systemName));

/** The user's name for an entry: undefined for one that is no user's. */
function readName(key: string): string | undefined {
  if (key === etagName || systemNames.has(key) || hiddenNames.has(key)) return undefined;
  if (key === userEtagName) return 'etag';
  if (!key.startsWith(reservedPrefix)) return key.toLowerCase();
  const rest = key.slice(reservedPrefix.length);
  return isRecordName(rest) ? undefined : rest.toLowerCase();
}

/**
 * Names that mean something else are kept under the reserved prefix, as Ozone keeps `content-type` since HDDS-15606:
 * where headers are all that is shown, their cases do not count, and two would become one.
 */
function userName(name: string): string {
  if (name === 'etag') return userEtagName;
  const isTaken = name === userEtagName || systemHeaderNames.some((header) => header === name);
  return isTaken || name.startsWith(reservedPrefix) ? reservedPrefix + name : name;
}

/** `content-type` as `Content-Type`. */
function systemName(name: keyof SystemHeaders): string {
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

function isRecordName(name: string): name is RecordName {
  return recordNames.some((known) => known === name);
}

function readChecksum(etag: string | undefined, record: string | undefined): Checksum | undefined {
  const [bound, algorithmName, type, value] = record?.split(' ') ?? [];
  const algorithm = checksumAlgorithms.find((known) => known === algorithmName);
  if (bound !== etag || algorithm === undefined || value === undefined) return undefined;
  return type === 'COMPOSITE' || type === 'FULL_OBJECT' ? { algorithm, type, value } : undefined;
}
