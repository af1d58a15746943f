// @needs strace
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { startGatewayProcess } from '../gateway-process.ts';
import { WireClient } from '../wire-client.ts';
import { callsOfRequest, parseTrace, traceOptions, Unsynced } from './system-calls.ts';
import type { SystemCall } from './system-calls.ts';

const bucket = 'durability';
const small = Buffer.alloc(1000, 's');
const large = Buffer.alloc(300_000, 'l');

jest.setTimeout(60_000);

describe('before an acknowledgement is written to the connection', () => {
  let root: string;
  let data: string;
  let calls: SystemCall[];

  /** Runs one request after the other, each after the last one's leftovers were collected, and traces the system calls. */
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'ozone-s3g-durability-'));
    data = join(root, 'data');
    const trace = join(root, 'trace');
    const wrapper = (): string[] => ['strace', ...traceOptions, `--output=${trace}`];
    const gateway = await startGatewayProcess({ dataDirectory: data, wrapper });
    const client = new WireClient(gateway.endpoint);
    const quietly = async <T>(request: Promise<T>): Promise<T> => {
      const answer = await request;
      await sleep(300);
      return answer;
    };

    await quietly(client.makeBucket(bucket));
    for (const [key, body] of [
      ['small', small],
      ['large', large],
      ['overwritten', large],
    ] as const) {
      await quietly(client.put(bucket, key, body));
    }
    await quietly(client.put(bucket, 'overwritten', small));
    const uploadId = await quietly(client.createUpload(bucket, 'parts'));
    const etag = await quietly(client.putPart(bucket, 'parts', { uploadId, partNumber: 1, body: large }));
    await quietly(client.completeUpload(bucket, 'parts', { uploadId, etags: [etag] }));
    await quietly(
      client.request({ method: 'PUT', path: `/${bucket}/copy`, headers: { 'x-amz-copy-source': `/${bucket}/large` } }),
    );
    for (const key of ['small', 'large']) await quietly(client.delete(bucket, key));
    client.close();
    await gateway.stop();
    calls = parseTrace(await readFile(trace, 'utf8'));
  });

  afterAll(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const isMetadata = ({ target }: SystemCall): boolean => target.startsWith(join(data, 'metadata'));
  const isBlob = ({ target }: SystemCall): boolean => target.startsWith(join(data, 'blobs'));
  const isWrite = ({ name }: SystemCall): boolean => /^p?write/.test(name);

  it('the store itself has lasting names', () => {
    const unsynced = new Unsynced(calls);
    for (const call of calls.slice(0, calls.indexOf(callsOfRequest(calls, `PUT /${bucket} HTTP`)[0] as SystemCall))) {
      unsynced.follow(call);
    }

    const lasting = ['', 'metadata', 'metadata/data.mdb', 'blobs'].map((name) => join(data, name));
    expect(lasting.filter((path) => unsynced.names.has(path))).toEqual([]);
  });

  it.each([
    ['CreateBucket', `PUT /${bucket} HTTP`],
    ['PutObject of a small object', `PUT /${bucket}/small`],
    ['PutObject of a large object', `PUT /${bucket}/large`],
    ['CreateMultipartUpload', `POST /${bucket}/parts?uploads`],
    ['UploadPart', `PUT /${bucket}/parts?partNumber`],
    ['CompleteMultipartUpload', `POST /${bucket}/parts?uploadId`],
    ['CopyObject', `PUT /${bucket}/copy`],
    ['DeleteObject of a small object', `DELETE /${bucket}/small`],
    ['DeleteObject of a large object', `DELETE /${bucket}/large`],
  ])('%s has committed and synced all that it wrote', (_, requestLine) => {
    const unsynced = new Unsynced(calls);
    const window = callsOfRequest(calls, requestLine);
    let commits = 0;
    for (const call of window) {
      unsynced.follow(call);
      // LMDB's commit: the page that makes the transaction the current one, after its other pages were synced.
      if (!isMetadata(call) || !isWrite(call) || !unsynced.isSynchronous(call)) continue;
      commits += 1;
      expect(unsynced.in(data)).toEqual([]);
    }

    expect(commits).toBe(1);
    expect(unsynced.in(data)).toEqual([]);
  });

  it.each([
    ['PutObject', `PUT /${bucket}/large`, 300_000],
    ['UploadPart', `PUT /${bucket}/parts?partNumber`, 300_000],
  ])('%s of a large body has synced file and name before the metadata refer to them', (_, requestLine, bytes) => {
    const unsynced = new Unsynced(calls);
    const window = callsOfRequest(calls, requestLine);
    const written = window.filter((call) => isBlob(call) && isWrite(call));
    const firstMetadata = window.findIndex((call) => isMetadata(call) && isWrite(call));
    for (const call of window.slice(0, firstMetadata)) unsynced.follow(call);

    const writtenBytes = written.map(({ text }) => Number(/= (\d+)$/.exec(text)?.[1]));
    expect(writtenBytes.reduce((sum, count) => sum + count, 0)).toBe(bytes);
    expect(
      window
        .slice(0, firstMetadata)
        .filter(isBlob)
        .map(({ name }) => name),
    ).toContain('fdatasync');
    expect(window.lastIndexOf(written.at(-1) as SystemCall)).toBeLessThan(firstMetadata);
    expect(unsynced.in(data)).toEqual([]);
  });
});
