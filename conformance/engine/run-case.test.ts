/** What the engine makes of a case, on a small server whose faults are switches. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseContext } from './case-context.ts';
import { completeCase, type CaseDefinition } from './define-case.ts';
import type { CaseResult } from './outcome.ts';
import { runCase } from './run-case.ts';
import { Target } from './target.ts';

type Fault =
  | 'refuses put with 412, but stores'
  | 'refuses put'
  | 'drops put'
  | 'not implemented'
  | 'unreadable'
  | 'silent'
  | 'no buckets';

const store = new Map<string, string>();
const requests: string[] = [];
let fault: Fault | undefined;

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>m</Message></Error>`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

function handlePut(path: string, body: string, response: ServerResponse): void {
  const isBucket = path.split('/').filter(Boolean).length === 1;
  if (isBucket && fault === 'no buckets') {
    refuse(response, 403, 'AccessDenied');
    return;
  }
  const isRefused = !isBucket && body === 'v2' && fault?.startsWith('refuses put') === true;
  const isStored = fault !== 'drops put' && !(isRefused && fault === 'refuses put');
  if (isStored) store.set(path, body);
  if (isRefused) refuse(response, 412, 'PreconditionFailed');
  else response.writeHead(200, { etag: '"e"' }).end();
}

function handleRead(request: IncomingMessage, path: string, response: ServerResponse): void {
  const body = store.get(path);
  if (body === undefined && request.method === 'HEAD') response.writeHead(404).end();
  else if (body === undefined) refuse(response, 404, 'NoSuchKey');
  else response.writeHead(200, { 'content-length': body.length }).end(request.method === 'HEAD' ? undefined : body);
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://host').pathname.replace(/\/$/, '');
  const body = await bodyOf(request);
  requests.push(`${request.method} ${path}`);
  const isSubject = path.endsWith('/subject');
  if (isSubject && fault === 'silent') return;
  if (isSubject && fault === 'not implemented') refuse(response, 501, 'NotImplemented');
  else if (isSubject && fault === 'unreadable')
    response.writeHead(200, { 'content-type': 'application/xml' }).end('<a');
  else if (request.method === 'PUT') handlePut(path, body, response);
  else if (request.method === 'DELETE') response.writeHead(store.delete(path) ? 204 : 204).end();
  else handleRead(request, path, response);
}

const server = createServer((request, response) => void handle(request, response));
let target: Target;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  target = new Target({
    endpoint,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    region: 'us-east-1',
    runId: 'unit',
  });
});

afterAll(() => {
  target.close();
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  store.clear();
  requests.length = 0;
  fault = undefined;
});

function run(
  body: (t: CaseContext) => Promise<void>,
  extra: Partial<CaseDefinition> = {},
  on = target,
): Promise<CaseResult> {
  const definition = {
    id: 'PutObject.unit.case',
    operation: 'PutObject',
    feature: 'object-basics',
    level: 'core',
    severity: 'major',
    reference: 'https://docs.aws.amazon.com/',
    run: body,
    ...extra,
  } as const;
  return runCase(completeCase(definition), on);
}

async function overwriteRefused(t: CaseContext): Promise<void> {
  const bucket = await t.bucket();
  await t.put(bucket, 'subject', 'v1');
  const put = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'subject', Body: 'v2', IfNoneMatch: '*' }));
  put.expectError({ status: 412, code: 'PreconditionFailed' });
  await t.expectObject(bucket, 'subject', 'v1');
}

async function roundTrip(t: CaseContext): Promise<void> {
  const bucket = await t.bucket();
  const put = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'subject', Body: 'v' }));
  t.expectEqual(put.expectOk().ETag, '"e"', 'ETag', 'wrong-header');
  await t.expectObject(bucket, 'subject', 'v');
}

describe('runCase', () => {
  it.each<[string, Fault | undefined, (t: CaseContext) => Promise<void>, Partial<CaseResult>]>([
    ['a case that holds', undefined, roundTrip, { outcome: 'pass', cause: undefined, kind: 'positive' }],
    ['a refusal that holds', 'refuses put', overwriteRefused, { outcome: 'pass', kind: 'negative' }],
    [
      'a refusal that changed something',
      'refuses put with 412, but stores',
      overwriteRefused,
      { outcome: 'fail', cause: 'state-damaged' },
    ],
    [
      'a condition that is ignored',
      undefined,
      overwriteRefused,
      { outcome: 'fail', cause: 'ignored', kind: 'negative' },
    ],
    ['a write without effect', 'drops put', roundTrip, { outcome: 'fail', cause: 'ignored' }],
    [
      'a refusal by name',
      'not implemented',
      roundTrip,
      { outcome: 'fail', cause: 'not-implemented', kind: 'positive' },
    ],
    ['a set-up that fails', 'no buckets', roundTrip, { outcome: 'blocked', cause: 'wrong-status' }],
  ])('%s', async (_, which, body, expected) => {
    fault = which;
    expect(await run(body)).toMatchObject(expected);
  });

  it('a wrong code with damage is damage', async () => {
    fault = 'refuses put with 412, but stores';
    const result = await run(async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'subject', 'v1');
      const put = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: 'subject', Body: 'v2' }));
      put.expectError({ status: 412, code: 'SomethingElse' });
      await t.expectObject(bucket, 'subject', 'v1');
    });
    expect(result).toMatchObject({ outcome: 'fail', cause: 'state-damaged' });
    expect(result.detail).toContain('expected 412 SomethingElse, got 412 PreconditionFailed');
  });

  it('a subject that never answers is a time-out, a set-up that never answers is blocked', async () => {
    fault = 'silent';
    const slow = { timeoutMs: 200 };
    const subject = await run(async (t) => {
      (await t.subject(new HeadObjectCommand({ Bucket: 'b', Key: 'subject' }))).expectOk();
    }, slow);
    expect(subject).toMatchObject({ outcome: 'fail', cause: 'timeout' });
    const setUp = await run(async (t) => {
      await t.setup(new HeadObjectCommand({ Bucket: 'b', Key: 'subject' }));
    }, slow);
    expect(setUp).toMatchObject({ outcome: 'blocked', cause: 'timeout' });
  });

  it('a target that is said to be slow has as many times longer', async () => {
    fault = 'silent';
    const patient = new Target({ ...target.options, timeoutFactor: 4 });
    const ask = async (t: CaseContext): Promise<void> => {
      (await t.subject(new HeadObjectCommand({ Bucket: 'b', Key: 'subject' }))).expectOk();
    };
    expect(await run(ask, { timeoutMs: 100 }, patient)).toMatchObject({ outcome: 'fail', cause: 'timeout' });
    expect((await run(ask, { timeoutMs: 100 }, patient)).durationMs).toBeGreaterThan(390);
    patient.close();
  });

  it('an answer the SDK cannot read is the server’s failure', async () => {
    fault = 'unreadable';
    const result = await run(async (t) => {
      const command = new PutObjectCommand({ Bucket: 'b', Key: 'subject', Body: 'v' });
      t.expectEqual((await t.subject(command)).body.toString(), '<a', 'body');
      const read = await t.raw({ method: 'GET', path: '/b/subject' });
      read.expectOk();
      read.expectRoot('Tagging');
    });
    expect(result).toMatchObject({ outcome: 'fail', cause: 'wrong-shape' });
  });

  it('a case that asserts nothing, or breaks, is an error of the suite', async () => {
    const nothing = await run(async (t) => {
      await t.subject(new DeleteObjectCommand({ Bucket: 'b', Key: 'k' }));
    });
    expect(nothing).toMatchObject({ outcome: 'error', detail: 'the case asserts nothing' });
    const broken = await run(() => Promise.reject(new TypeError('oops')));
    expect(broken).toMatchObject({ outcome: 'error', cause: undefined });
    expect(broken.detail).toContain('TypeError: oops');
  });

  it('compares the bytes of a body', async () => {
    const result = await run(async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v1');
      const get = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k' }));
      get.expectOk();
      get.expectBody('other');
    });
    expect(result).toMatchObject({ outcome: 'fail', cause: 'wrong-body' });
  });

  it('removes what a case made, by SDK and by raw request, and only that', async () => {
    store.set('/foreign', '');
    const result = await run(async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'one', 'v');
      (await t.raw({ method: 'PUT', path: t.path(bucket, 'two b'), body: 'v' })).expectOk();
    });
    expect(result).toMatchObject({ outcome: 'pass', leftBehind: [] });
    const removed = requests
      .filter((line) => line.startsWith('DELETE'))
      .map((line) => line.replace(/s3c-unit-\d+/, 'b'));
    expect(removed.sort()).toEqual(['DELETE /b', 'DELETE /b/one', 'DELETE /b/two%20b']);
    expect([...store.keys()]).toEqual(['/foreign']);
  });

  it('records the members of the subject alone: sent, and read of its answer', async () => {
    const { inputMembers, outputMembers } = await run(roundTrip);
    expect(inputMembers).toEqual(['PutObject.Body', 'PutObject.Bucket', 'PutObject.Key']);
    expect(outputMembers).toEqual(['PutObject.ETag']);
  });

  it('records the headers and the query of a raw request as members of the operation', async () => {
    const { inputMembers, outputMembers } = await run(
      async (t) => {
        const bucket = await t.bucket();
        await t.put(bucket, 'subject', 'v');
        const headers = [['Range', 'bytes=0-9']] as const;
        const get = await t.raw({ method: 'GET', path: t.path(bucket, 'subject'), headers, query: 'partNumber=1' });
        get.expectOk();
        get.expectBody('v');
        get.expectHeader('ETag', /./);
      },
      { operation: 'GetObject', id: 'GetObject.unit.case' },
    );
    expect(inputMembers).toEqual(['GetObject.PartNumber', 'GetObject.Range']);
    expect(outputMembers).toEqual(['GetObject.Body', 'GetObject.ETag']);
  });
});
