import { createHash, randomBytes } from 'node:crypto';

import type { Load, Prepared } from './measure.ts';
import { objectPath } from './sign.ts';
import { listRows } from './list-rows.ts';
import type { Session } from './session.ts';

export interface Plan {
  readonly seconds: number;
  /** Keys in the large listing, under ten prefixes. */
  readonly listKeys: number;
}

export interface Round {
  readonly load: Load;
  /** Off the clock: that what was measured also did its work. */
  verify(): Promise<void>;
}

export interface Row {
  readonly name: string;
  readonly title: string;
  /** What one request counts for: 1, or its MB. */
  readonly weight: number;
  readonly unit: 'requests/s' | 'pages/s' | 'MB/s';
  readonly clients: number;
  /** Times the fastest peer. */
  readonly reach?: number;
  /** Off the clock, before each round. */
  prepare(session: Session, plan: Plan): Promise<Round>;
}

const smallBody = randomBytes(4096);
const smallHash = createHash('sha256').update(smallBody).digest('hex');
const largeBody = randomBytes(64 * 1024 * 1024);

/** More than any server here can take in a second. */
const putsPerSecond = 8000;
const deletesPerRound = 3000;
const storedObjects = 2000;
const largePutsPerRound = 32;
const verifiedKeys = 16;

const storedKeys = Array.from({ length: storedObjects }, (_, index) => `stored/${index}`);
let series = 0;

function freshKeys(count: number): string[] {
  series += 1;
  return Array.from({ length: count }, (_, index) => `put-${series}/${index}`);
}

/** Hands out each request once. */
function once(requests: readonly Prepared[]): Load & { readonly taken: number } {
  let taken = 0;
  return {
    next: () => (taken < requests.length ? requests[taken++] : undefined),
    get taken() {
      return taken;
    },
  };
}

/** Hands out the requests over and over. */
function cycle(requests: readonly Prepared[]): Load {
  let taken = 0;
  return { next: () => requests[taken++ % requests.length] };
}

function spread(keys: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(keys.length / verifiedKeys));
  return keys.filter((_, index) => index % step === 0);
}

async function preparePut(session: Session, plan: Plan, payloadHash?: string): Promise<Round> {
  await session.makeBucket(session.bucket);
  const keys = freshKeys(plan.seconds * putsPerSecond);
  const requests = keys.map((key) => ({
    head: session.head({
      method: 'PUT',
      path: objectPath(session.bucket, key),
      contentLength: smallBody.length,
      ...(payloadHash === undefined ? {} : { payloadHash }),
    }),
    body: smallBody,
    status: 200,
  }));
  const load = once(requests);
  return { load, verify: async () => session.verify(spread(keys.slice(0, load.taken)), smallBody) };
}

async function prepareRead(session: Session, method: 'GET' | 'HEAD'): Promise<Round> {
  await session.makeBucket(session.bucket);
  await session.once('stored', async () => session.fill(session.bucket, storedKeys, smallBody));
  const bodyBytes = method === 'GET' ? smallBody.length : 0;
  const requests = storedKeys.map((key) => ({ head: session.objectHead(method, key), status: 200, bodyBytes }));
  return { load: cycle(requests), verify: async () => session.verify(spread(storedKeys), smallBody) };
}

async function prepareDelete(session: Session): Promise<Round> {
  await session.makeBucket(session.bucket);
  const keys = freshKeys(deletesPerRound);
  await session.fill(session.bucket, keys, smallBody);
  const load = once(keys.map((key) => ({ head: session.objectHead('DELETE', key), status: 204 })));
  return { load, verify: async () => session.verifyAbsent(keys.slice(0, load.taken)) };
}

async function prepareLargePut(session: Session): Promise<Round> {
  await session.makeBucket(session.bucket);
  const keys = freshKeys(largePutsPerRound);
  const load = once(
    keys.map((key) => ({ head: session.objectHead('PUT', key, largeBody), body: largeBody, status: 200 })),
  );
  const verify = async (): Promise<void> => {
    const written = keys.slice(0, load.taken);
    await session.verify(written.slice(0, 1), largeBody);
    await session.remove(written);
  };
  return { load, verify };
}

async function prepareLargeGet(session: Session): Promise<Round> {
  await session.makeBucket(session.bucket);
  const keys = ['large/0', 'large/1'];
  await session.once('large', async () => {
    await session.fill(session.bucket, keys, largeBody);
    await session.verify(keys, largeBody);
  });
  const requests = keys.map((key) => ({
    head: session.objectHead('GET', key),
    status: 200,
    bodyBytes: largeBody.length,
  }));
  return { load: cycle(requests), verify: async () => session.verify(keys, largeBody) };
}

const small = { weight: 1, unit: 'requests/s', clients: 16 } as const;
const large = { weight: largeBody.length / 1e6, unit: 'MB/s', clients: 2 } as const;

export const rows: readonly Row[] = [
  { ...small, name: 'put-4k', title: 'PUT 4 KiB', reach: 1.2, prepare: preparePut },
  {
    ...small,
    name: 'put-4k-signed',
    title: 'PUT 4 KiB, signed payload',
    prepare: async (session, plan) => preparePut(session, plan, smallHash),
  },
  { ...small, name: 'get-4k', title: 'GET 4 KiB', reach: 1.5, prepare: async (session) => prepareRead(session, 'GET') },
  {
    ...small,
    name: 'head-4k',
    title: 'HEAD 4 KiB',
    reach: 1.5,
    prepare: async (session) => prepareRead(session, 'HEAD'),
  },
  { ...small, name: 'delete-4k', title: 'DELETE 4 KiB', prepare: prepareDelete },
  ...listRows,
  { ...large, name: 'put-64m', title: 'PUT 64 MiB', reach: 0.9, prepare: prepareLargePut },
  { ...large, name: 'get-64m', title: 'GET 64 MiB', reach: 0.5, prepare: prepareLargeGet },
];
