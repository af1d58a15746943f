/** Where cases get their buckets from, and that nobody else's is ever touched. */
import { describe, expect, it } from '@jest/globals';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  GetBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { CaseContext } from '../engine/case-context.ts';
import { completeCase, type ConformanceCase } from '../engine/define-case.ts';
import { removePool } from '../engine/cleanup.ts';
import type { CaseResult } from '../engine/outcome.ts';
import { runSuite } from '../engine/run-suite.ts';
import { Target, type TargetOptions } from '../engine/target.ts';
import { against, useCommandLine } from './command-line.ts';
import { FakeS3, refusing } from './fake-s3.ts';
import { startServer } from './null-servers.ts';

type Run = (t: CaseContext) => Promise<unknown>;

function define(name: string, run: Run): ConformanceCase {
  return completeCase({
    id: `PutObject.unit.${name}`,
    operation: 'PutObject',
    feature: 'object-basics',
    level: 'core',
    severity: 'minor',
    reference: 'https://docs.aws.amazon.com/',
    run: async (t) => {
      await run(t);
    },
  });
}

const writing = (name: string, buckets = 1): ConformanceCase =>
  define(name, async (t) => {
    for (let index = 0; index < buckets; index += 1) {
      const Bucket = await t.bucket();
      (await t.subject(new PutObjectCommand({ Bucket, Key: 'one', Body: 'v' }))).expectOk();
      (await t.raw({ method: 'PUT', path: t.path(Bucket, 'two'), body: 'v' })).expectOk();
    }
  });

async function runOn(
  fake: FakeS3,
  cases: readonly ConformanceCase[],
  options: Partial<TargetOptions>,
): Promise<{ results: CaseResult[]; left: string[] }> {
  const server = await startServer(fake.listener);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const target = new Target({
    endpoint: server.endpoint,
    credentials,
    region: 'us-east-1',
    runId: '0123abcd',
    ...options,
  });
  const results = await runSuite(cases, target, { concurrency: 4 });
  const left = await removePool(target);
  target.close();
  await server.close();
  return { results, left };
}

/** Given buckets, empty. */
function furnished(...names: string[]): FakeS3 {
  const fake = new FakeS3();
  for (const name of names) fake.buckets.set(name, { made: new Date(), objects: new Map() });
  return fake;
}

const outcomes = (results: readonly CaseResult[]): string[] =>
  results.map(({ outcome, detail, leftBehind }) => [outcome, detail, ...leftBehind].filter(Boolean).join(': '));
const onBuckets = ({ requests }: FakeS3): string[] =>
  requests.filter((line) => /^(?:PUT|DELETE) \/[^/]+\/?(?:\?.*)?$/.test(line));

describe('--bucket-mode pool', () => {
  const options = { bucketMode: 'pool' } as const;

  it('uses emptied buckets again, and removes them at the end', async () => {
    const fake = new FakeS3();
    const cases = Array.from({ length: 12 }, (_, index) => writing(`case-${index}`));
    const { results, left } = await runOn(fake, cases, options);
    expect(new Set(outcomes(results))).toEqual(new Set(['pass']));
    expect(left).toEqual([]);
    expect(fake.buckets.size).toBe(0);
    expect(onBuckets(fake).filter((line) => line.startsWith('PUT')).length).toBeLessThanOrEqual(4);
  });

  it('does not use a bucket again that was changed as such', async () => {
    const changing = define('changing', async (t) => {
      const Bucket = await t.bucket();
      (await t.subject(new PutObjectCommand({ Bucket, Key: 'one', Body: 'v' }))).expectOk();
      await t.look(new DeleteBucketTaggingCommand({ Bucket }));
    });
    const fake = new FakeS3();
    const serial = [changing, writing('other')].map((one) => ({ ...one, isolation: 'serial' as const }));
    await runOn(fake, serial, options);
    expect(onBuckets(fake).filter((line) => line.startsWith('PUT'))).toHaveLength(2);
    expect(fake.buckets.size).toBe(0);
  });

  it('makes one for each case on a server that does not list', async () => {
    const fake = new FakeS3(
      refusing(501, 'NotImplemented', ({ method, bucket, key }) => method === 'GET' && bucket !== '' && key === ''),
    );
    const { results, left } = await runOn(fake, [writing('one'), writing('two')], options);
    expect([...outcomes(results), ...left, ...fake.buckets.keys()]).toEqual(['pass', 'pass']);
  });
});

describe('--bucket-mode existing', () => {
  const options = { bucketMode: 'existing', buckets: ['mine-a', 'mine-b', 'mine-c'] } as const;

  it('makes and removes objects alone, in the given buckets alone', async () => {
    const fake = furnished('mine-a', 'mine-b', 'mine-c', 'precious');
    const cases = Array.from({ length: 8 }, (_, index) => writing(`case-${index}`, 2));
    const { results } = await runOn(fake, cases, options);
    expect(new Set(outcomes(results))).toEqual(new Set(['pass']));
    expect(onBuckets(fake)).toEqual([]);
    expect([...fake.buckets].map(([name, { objects }]) => [name, objects.size])).toEqual([
      ['mine-a', 0],
      ['mine-b', 0],
      ['mine-c', 0],
      ['precious', 0],
    ]);
    expect(fake.requests.filter((line) => line.includes('precious'))).toEqual([]);
  });

  it('skips a case that needs more of them than there are', async () => {
    const { results } = await runOn(furnished('mine-a'), [writing('two', 2)], { ...options, buckets: ['mine-a'] });
    expect(outcomes(results)).toEqual(['skipped: bucket.create: more buckets, given by --buckets']);
  });

  it.each<[string, Run]>([
    ['CreateBucket', async (t) => await t.subject(new CreateBucketCommand({ Bucket: t.bucketName() }))],
    ['DeleteBucket', async (t) => await t.subject(new DeleteBucketCommand({ Bucket: await t.bucket() }))],
    [
      'a change of configuration',
      async (t) => await t.look(new DeleteBucketTaggingCommand({ Bucket: await t.bucket() })),
    ],
    ['PUT', async (t) => await t.raw({ method: 'PUT', path: t.path(t.bucketName()) })],
    ['DELETE', async (t) => await t.raw({ method: 'DELETE', path: `${t.path(await t.bucket())}/`, query: 'cors' })],
    ['PUT, in virtual-host style', async (t) => await t.raw({ method: 'PUT', path: '/' })],
    ['a presigned DELETE', async (t) => await t.presign(new DeleteBucketCommand({ Bucket: await t.bucket() }))],
  ])('does not send %s', async (_, run) => {
    const fake = furnished('mine-a', 'mine-b', 'mine-c');
    const { results } = await runOn(fake, [define('change', run)], options);
    expect(outcomes(results)).toEqual([
      expect.stringMatching(/^skipped: bucket\.create: .* is not sent to given buckets$/),
    ]);
    expect(onBuckets(fake)).toEqual([]);
  });

  it('sends what only reads a bucket, and what deletes objects in it', async () => {
    const reading = define('reading', async (t) => {
      const Bucket = await t.bucket();
      await t.subject(new GetBucketTaggingCommand({ Bucket }));
      (await t.raw({ method: 'POST', path: t.path(Bucket), query: 'delete', body: '<Delete/>' })).expectOk();
    });
    expect(
      outcomes((await runOn(furnished('mine-a'), [reading], { ...options, buckets: ['mine-a'] })).results),
    ).toEqual(['pass']);
  });

  it('removes uploads that raw requests have begun, and objects of virtual-host requests', async () => {
    const fake = new FakeS3(({ host }, response) => {
      if (host.includes('.s3.test')) response.writeHead(200).end();
      return host.includes('.s3.test');
    });
    fake.buckets.set('mine-a', { made: new Date(), objects: new Map() });
    const raw = define('raw', async (t) => {
      const bucket = await t.bucket();
      (await t.raw({ method: 'POST', path: t.path(bucket, 'k'), query: 'uploads' })).expectOk();
      const headers = [['host', `${bucket}.s3.test`]] as const;
      (await t.raw({ method: 'PUT', path: `/${bucket}/inner`, headers, body: 'v' })).expectOk();
    });
    const { results } = await runOn(fake, [raw], { ...options, buckets: ['mine-a'], domain: 's3.test' });
    expect(outcomes(results)).toEqual(['pass']);
    expect(fake.requests).toContain('DELETE /mine-a/k?uploadId=upload-of-k');
    expect(fake.requests).toContain('DELETE /mine-a/mine-a/inner');
  });

  it('names what it could not remove', async () => {
    const fake = furnished('mine-a');
    const leaving = define('leaving', async (t) => {
      const Bucket = await t.bucket();
      (await t.subject(new PutObjectCommand({ Bucket, Key: 'one', Body: 'v' }))).expectOk();
      fake.buckets.get(Bucket)?.objects.set('of another kind', Buffer.from('v'));
    });
    expect(outcomes((await runOn(fake, [leaving], { ...options, buckets: ['mine-a'] })).results)).toEqual([
      'pass: mine-a/*',
    ]);
  });
});

describe('a bucket that is made too late for its case', () => {
  it('is removed at the end of the run', async () => {
    const made: Promise<void>[] = [];
    const fake: FakeS3 = new FakeS3(({ method, bucket, key }, response) => {
      if (method !== 'PUT' || key !== '') return false;
      const late = new Promise((resolve) => setTimeout(resolve, 400));
      made.push(late.then(() => void fake.buckets.set(bucket, { made: new Date(), objects: new Map() })));
      return !response.destroyed; // and no answer
    });
    const slow = { ...writing('slow'), timeoutMs: 100 };
    const waiting = { ...define('waiting', async () => Promise.all(made)), isolation: 'serial' as const };
    const { results, left } = await runOn(fake, [slow, waiting], {});
    expect(results.map(({ outcome }) => outcome)).toEqual(['blocked', 'error']);
    expect([...fake.buckets.keys(), ...left]).toEqual([]);
  });
});

describe('the capability of virtual hosts', () => {
  const wanting = { ...define('wanting', async (t) => t.expectTrue(true, 'it is run')), requires: ['vhost'] as const };

  it('is lacking where the server does not take the domain for its own: else foreign buckets would be at stake', async () => {
    const { results } = await runOn(new FakeS3(), [wanting], { domain: 's3.test' });
    expect(outcomes(results)).toEqual([expect.stringMatching(/^skipped: vhost: /)]);
  });

  it('is there where a bucket is listed by its host', async () => {
    const fake = new FakeS3((request, response) => {
      if (!request.host.includes('.s3.test')) return false;
      response.writeHead(200).end(`<ListBucketResult><Name>${request.host.split('.')[0]}</Name></ListBucketResult>`);
      return true;
    });
    expect(outcomes((await runOn(fake, [wanting], { domain: 's3.test' })).results)).toEqual(['pass']);
  });
});

describe('run and doctor with given buckets', () => {
  const runCli = useCommandLine();

  it.each(['doctor', 'run'])('%s wants them to be there', async (command) => {
    const fake = furnished('mine-a');
    const said = await against(fake.listener, (options) => runCli(command, ...options, '--buckets', 'mine-a,mine-b'));
    expect(said).toMatchObject({ code: 4, text: expect.stringContaining('the bucket mine-b cannot be used') });
  });

  it.each(['doctor', 'run'])('%s wants them to be empty, so that nothing of others is lost', async (command) => {
    const fake = furnished('mine-a');
    fake.buckets.get('mine-a')?.objects.set('precious', Buffer.from('v'));
    const said = await against(fake.listener, (options) => runCli(command, ...options, '--buckets', 'mine-a'));
    expect(said).toMatchObject({ code: 4, text: expect.stringContaining('the bucket mine-a is not empty') });
    expect(fake.requests.filter((line) => /^(?:PUT|DELETE|POST)/.test(line))).toEqual([]);
  });

  it('doctor sees uploads that were not finished', async () => {
    const upload = '<Upload><Key>k</Key><UploadId>u</UploadId></Upload>';
    const fake = new FakeS3(({ query }, response) => {
      if (query.has('uploads')) response.end(`<ListMultipartUploadsResult>${upload}</ListMultipartUploadsResult>`);
      return query.has('uploads');
    });
    fake.buckets.set('mine-a', { made: new Date(), objects: new Map() });
    const said = await against(fake.listener, (options) => runCli('doctor', ...options, '--buckets', 'mine-a'));
    expect(said).toMatchObject({ code: 4, text: expect.stringContaining('unfinished uploads') });
  });

  it('doctor does not make any', async () => {
    const fake = furnished('mine-a', 'mine-b');
    const said = await against(fake.listener, (options) => runCli('doctor', ...options, '--buckets', 'mine-a,mine-b'));
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('the 2 given buckets are there and empty') });
    expect(said.text).toContain('lacks bucket.create');
    expect(onBuckets(fake)).toEqual([]);
  });

  it('run keeps to them with every kind of case', async () => {
    const fake = furnished('mine-a', 'mine-b', 'precious');
    const argv = [
      '--buckets',
      'mine-a,mine-b',
      '--filter',
      '*Bucket*.do-no-harm.*,CreateBucket.*,DeleteBucket.*,PutObject.key.*',
      '--report-only',
    ];
    const said = await against(fake.listener, (options) => runCli('run', ...options, ...argv));
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining(' skipped') });
    expect(onBuckets(fake)).toEqual([]);
    expect([...fake.buckets.keys()]).toEqual(['mine-a', 'mine-b', 'precious']);
  }, 60_000);
});
