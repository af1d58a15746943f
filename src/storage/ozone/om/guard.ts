import { S3Error } from '../../../errors/s3-error.ts';
import { maxPartNumber } from '../../../s3/part-number.ts';
import { checkObjectKey } from '../../../s3/object-key.ts';
import { checkObjectTags } from '../../../s3/tagging.ts';
import type { Sendable } from '../proto/codec.ts';
import type { KeyArgs } from '../proto/om.ts';
import type { OmCommand, OmRequestOf } from './commands.ts';

/** What the OM's own limit of a list is, and S3's. */
const maxListed = 1000;
/** Commands whose keyName is a folder to look into: it may be empty. */
const ofFolders: ReadonlySet<OmCommand> = new Set(['ListStatusLight']);
/** Commands that write or finish a part: its number has to be there. */
const ofParts: ReadonlySet<OmCommand> = new Set(['CommitMultiPartUpload']);
/** Commands that allocate blocks of a key that is open already: how they are replicated has to be said. */
const ofBlocks: ReadonlySet<OmCommand> = new Set(['AllocateBlock']);
/** How many a list shall have: without it, the OM's list is empty. */
const counts: Partial<Record<OmCommand, 'count' | 'numEntries' | 'maxParts' | 'maxUploads'>> = {
  ListBuckets: 'count',
  ListKeysLight: 'count',
  ListStatusLight: 'numEntries',
  ListMultiPartUploadParts: 'maxParts',
  ListMultipartUploads: 'maxUploads',
};
const unsendable = /\0|\p{Surrogate}/u;

/**
 * Refuses what the OM does not check itself, or dies of, for good: it goes through its Raft log before it fails. Throws
 * S3's own error: InvalidArgument, InvalidURI, KeyTooLongError, InvalidTag, BadRequest.
 */
export function checkRequest<C extends OmCommand>(command: C, request: OmRequestOf<C>): void {
  checkTexts(request);
  const fields = request as Fields;
  const { keyArgs } = fields;
  if (keyArgs !== undefined) checkKeyArgs(command, keyArgs);
  for (const key of fields.deleteKeys?.keys ?? []) checkKey(key);
  for (const part of fields.partsList ?? []) checkPartNumber(part.partNumber);
  if (fields.key !== undefined) checkKey(fields.key);
  const count = counts[command];
  if (count !== undefined) checkCount(count, fields[count]);
}

/** The fields that any of the requests may have. */
interface Fields {
  readonly count?: number;
  readonly numEntries?: number;
  readonly maxParts?: number;
  readonly maxUploads?: number;
  readonly keyArgs?: Sendable<KeyArgs>;
  readonly deleteKeys?: { readonly keys?: readonly string[] };
  readonly partsList?: readonly { readonly partNumber?: number }[];
  readonly key?: string;
}

function checkKeyArgs(command: OmCommand, args: Sendable<KeyArgs>): void {
  if (args.keyName !== '' || !ofFolders.has(command)) checkKey(args.keyName);
  const mustHaveNumber = args.isMultipartKey === true || ofParts.has(command);
  if (mustHaveNumber || args.multipartNumber !== undefined) checkPartNumber(args.multipartNumber);
  if (ofBlocks.has(command) && args.type === undefined) throw new Error(`${command} without a replication type`);
  const tags = args.tags ?? [];
  if (tags.length > 0) checkObjectTags(tags.map(({ key = '', value = '' }) => ({ key, value })));
}

function checkKey(key: string | undefined): void {
  if (key === undefined || key === '') throw new S3Error('InvalidURI', { message: 'The object key is empty' });
  checkObjectKey(key);
}

function checkPartNumber(partNumber: number | undefined): void {
  if (partNumber !== undefined && Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= maxPartNumber)
    return;
  throw new S3Error('InvalidArgument', {
    message: `Part number must be an integer between 1 and ${maxPartNumber}, inclusive`,
    details: { ArgumentName: 'partNumber', ArgumentValue: String(partNumber) },
  });
}

function checkCount(name: string, count: number | undefined): void {
  if (count !== undefined && Number.isInteger(count) && count >= 1 && count <= maxListed) return;
  throw new Error(`${name} of ${count}: the OM lists 1 to ${maxListed} at once`);
}

/** Every text of a request, however deep: a name may stand in many places. */
function checkTexts(value: unknown): void {
  if (typeof value === 'string') {
    if (unsendable.test(value)) throw unsendableText(value);
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const each of Object.values(value)) checkTexts(each);
  }
}

function unsendableText(text: string): S3Error {
  const what = text.includes('\0') ? 'NUL' : 'an unpaired surrogate';
  return new S3Error('InvalidArgument', { message: `Ozone does not take names with ${what}` });
}
