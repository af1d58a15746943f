import type { HttpResponse } from './connection.ts';
import type { Prepared } from './measure.ts';
import type { Plan, Round, Row } from './rows.ts';
import { listedKeys } from './session.ts';
import type { Session } from './session.ts';

const pageKeys = 1000;
const prefixCount = 10;
const prefixes = Array.from({ length: prefixCount }, (_, index) => `prefix-${index}/`);
const body = Buffer.from('listed');

function requireEqual(session: Session, what: string, actual: readonly string[], expected: readonly string[]): void {
  if (actual.length === expected.length && actual.every((entry, index) => entry === expected[index])) return;
  throw new Error(
    `${session.endpoint.name}: ${what} gave ${actual.length} entries that are not the ${expected.length} stored`,
  );
}

function paddedKeys(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}key-${String(index).padStart(7, '0')}`);
}

function largeKeys(plan: Plan): string[] {
  return prefixes.flatMap((prefix) => paddedKeys(prefix, Math.ceil(plan.listKeys / prefixCount)));
}

async function fillLarge(session: Session, plan: Plan): Promise<void> {
  await session.makeBucket(session.listBucket);
  await session.once('listed', async () => session.fill(session.listBucket, largeKeys(plan), body));
}

async function preparePage(session: Session): Promise<Round> {
  const keys = paddedKeys('', pageKeys);
  await session.makeBucket(session.pageBucket);
  await session.once('page', async () => session.fill(session.pageBucket, keys, body));
  const path = `/${session.pageBucket}`;
  const query = { 'list-type': '2' };
  const first = await session.get(path, query);
  const request = { head: session.head({ method: 'GET', path, query }), status: 200, bodyBytes: first.bodyBytes };
  const verify = async (): Promise<void> => {
    requireEqual(session, 'a page', listedKeys((await session.get(path, query)).body), keys);
  };
  return { load: { next: () => request }, verify };
}

function listedPrefixes(document: Buffer): string[] {
  return Array.from(document.toString().matchAll(/<CommonPrefixes><Prefix>([^<]*)</g), (match) => match[1] ?? '');
}

async function preparePrefixes(session: Session, plan: Plan): Promise<Round> {
  await fillLarge(session, plan);
  const path = `/${session.listBucket}`;
  const query = { 'list-type': '2', delimiter: '/' };
  const request = { head: session.head({ method: 'GET', path, query }), status: 200 };
  const verify = async (): Promise<void> => {
    requireEqual(session, 'the prefixes', listedPrefixes((await session.get(path, query)).body), prefixes);
  };
  return { load: { next: () => request }, verify };
}

function continuationToken(document: string): string | undefined {
  const token = /<NextContinuationToken>([^<]*)</.exec(document)?.[1];
  return token?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&');
}

/** Walks through the large listing page by page, and begins again at its end. */
class Walk {
  readonly #session: Session;
  #pages: Buffer[] = [];
  #walks: Buffer[][] = [];
  #token: string | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  next(): Prepared {
    const query = { 'list-type': '2', ...(this.#token === undefined ? {} : { 'continuation-token': this.#token }) };
    const head = this.#session.head({ method: 'GET', path: `/${this.#session.listBucket}`, query });
    return { head, status: 200, keepBody: true };
  }

  take({ body: page }: HttpResponse): void {
    this.#pages.push(page);
    // The token stands before or behind the keys; it is worth a microsecond to search the document as bytes.
    const at = page.indexOf('<NextContinuationToken>');
    this.#token = at === -1 ? undefined : continuationToken(page.toString('utf8', at, at + 4096));
    if (this.#token !== undefined) return;
    this.#walks.push(this.#pages);
    this.#pages = [];
  }

  /** All that was listed: whole walks, then how far the last one came. */
  listed(): string[][] {
    return [...this.#walks, this.#pages].map((pages) => pages.flatMap(listedKeys));
  }
}

async function prepareWalk(session: Session, plan: Plan): Promise<Round> {
  await fillLarge(session, plan);
  const keys = largeKeys(plan);
  const walk = new Walk(session);
  const verify = async (): Promise<void> => {
    const walks = walk.listed();
    const last = walks.pop() ?? [];
    for (const whole of walks) requireEqual(session, 'the walk', whole, keys);
    requireEqual(session, 'the walk', last, keys.slice(0, last.length));
    return Promise.resolve();
  };
  return { load: walk, verify };
}

const list = { weight: 1, unit: 'pages/s', reach: 2 } as const;

export const listRows: readonly Row[] = [
  { ...list, name: 'list-page', title: 'LIST 1,000 keys', clients: 16, prepare: preparePage },
  { ...list, name: 'list-prefixes', title: 'LIST 10 prefixes, by delimiter', clients: 16, prepare: preparePrefixes },
  { ...list, name: 'list-walk', title: 'LIST all under 10 prefixes, page by page', clients: 1, prepare: prepareWalk },
];
