import { catalogue, type Operation, type OperationName } from '../catalogue.ts';
import { isSuccess } from '../engine/cause.ts';
import type { CaseContext } from '../engine/case-context.ts';
import { readErrorDocument, rootElement, type Exchange } from '../engine/exchange.ts';
import { probeCommand } from './command.ts';
import { fixtureBody } from './fixture.ts';
import type { ProbeAim } from './inputs.ts';

/** The other operation on the same sub-resource, found by method and query: PutBucketCors -> GetBucketCors. */
export function sibling(operation: Operation, method: 'GET' | 'PUT'): Operation | undefined {
  if (operation.query.length === 0) return undefined;
  const candidates = [...catalogue.values()].filter(
    (other) =>
      other.method === method &&
      other.resource === operation.resource &&
      other.query.join('&') === operation.query.join('&') &&
      !other.name.startsWith('List'),
  );
  return candidates[0];
}

/** Documents of plain operations, and whose they are: from any other operation they show a sub-resource that fell through. */
const plainDocuments: Readonly<Record<string, readonly OperationName[]>> = {
  CopyObjectResult: ['CopyObject'],
  InitiateMultipartUploadResult: ['CreateMultipartUpload'],
  ListAllMyBucketsResult: ['ListBuckets'],
  ListBucketResult: ['ListObjects', 'ListObjectsV2'],
  ListVersionsResult: ['ListObjectVersions'],
};

/** A 2xx to a read shows something only with a body of its own: not empty, not a listing, not the object. */
export function isOwnAnswer(operation: Operation, exchange: Exchange<unknown>): boolean {
  const { response } = exchange;
  if (response === undefined || response.body.length === 0 || exchange.error !== undefined) return false;
  if (response.body.toString('utf8') === fixtureBody) return false;
  if (readErrorDocument(response.body) !== undefined) return false;
  const owners = plainDocuments[rootElement(response.body) ?? ''];
  return owners?.includes(operation.name) ?? true;
}

/** Codes with which AWS declines an operation it has, on a bucket that is not prepared for it. */
const documentedDeclines: Partial<Record<OperationName, readonly string[]>> = {
  GetObjectLegalHold: ['InvalidRequest'],
  GetObjectRetention: ['InvalidRequest'],
  PutBucketLogging: ['InvalidTargetBucketForLogging'],
  PutObjectLegalHold: ['InvalidRequest'],
  PutObjectLockConfiguration: ['InvalidBucketState'],
  PutObjectRetention: ['InvalidRequest'],
  PutBucketReplication: ['InvalidRequest'],
  RenameObject: ['NoSuchKey'],
  RestoreObject: ['InvalidObjectState'],
};

const absentThings = new Set(['NoSuchBucket', 'NoSuchKey', 'NoSuchUpload']);

/** The operation is known and answers as documented for something that was never configured. */
export function isDocumentedDecline(operation: Operation, exchange: Exchange<unknown>): boolean {
  const { response } = exchange;
  if (response === undefined || response.status < 400 || response.status >= 500) return false;
  const code = readErrorDocument(response.body)?.code ?? '';
  if (documentedDeclines[operation.name]?.includes(code) === true) return true;
  const isUnconfigured = !absentThings.has(code) && /^NoSuch|NotFound/.test(code);
  return operation.method === 'GET' && response.status === 404 && isUnconfigured;
}

/** What the sibling read shows: success and body. */
async function shownBy(t: CaseContext, read: Operation, aim: ProbeAim): Promise<{ isShown: boolean; body: string }> {
  const exchange = await t.look(probeCommand(read, aim));
  const isShown = isSuccess(exchange) && isOwnAnswer(read, exchange);
  return { isShown, body: isShown ? (exchange.response?.body.toString('base64') ?? '') : '' };
}

/** Sends a write and says whether its sub-resource, read before and after, has changed as it should. */
export interface WriteObservation {
  readonly exchange: Exchange<unknown>;
  readonly hasEffect: boolean;
}

export type Send = (operation: Operation) => Promise<Exchange<unknown>>;

/** A PUT that answers 2xx must change what the sibling GET shows. A server without such a GET shows no effect. */
export async function observePut(
  t: CaseContext,
  operation: Operation,
  aim: ProbeAim,
  send: Send,
): Promise<WriteObservation> {
  const read = sibling(operation, 'GET');
  const before = read === undefined ? undefined : await shownBy(t, read, aim);
  const exchange = await send(operation);
  if (read === undefined || !isSuccess(exchange)) return { exchange, hasEffect: false };
  const after = await shownBy(t, read, aim);
  return { exchange, hasEffect: after.isShown && after.body !== before?.body };
}

/** A DELETE that answers 2xx must take away what the sibling PUT has made visible; deleting nothing shows nothing. */
export async function observeDelete(
  t: CaseContext,
  operation: Operation,
  aim: ProbeAim,
  send: Send,
): Promise<WriteObservation> {
  const read = sibling(operation, 'GET');
  const write = sibling(operation, 'PUT');
  if (read === undefined || write === undefined) return { exchange: await send(operation), hasEffect: false };
  const made = await observePut(t, write, aim, (put) => t.look(probeCommand(put, aim)));
  const before = await shownBy(t, read, aim);
  const exchange = await send(operation);
  if (!made.hasEffect || !isSuccess(exchange)) return { exchange, hasEffect: false };
  const after = await shownBy(t, read, aim);
  return { exchange, hasEffect: after.body !== before.body };
}
