/** The vendor's door, on servers that implement nothing. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { main } from '../cli/main.ts';
import { resultsSchema } from '../reports/schema/results-schema.ts';
import { violations } from '../reports/schema/violations.ts';
import { nullServers, startServer, type NullServer } from './null-servers.ts';

// The first command loads all cases, on a machine that may be busy.
jest.setTimeout(60_000);

let out: string;
let written: string[] = [];
let exitCode: typeof process.exitCode;

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 's3-conformance-test-'));
  written = [];
  exitCode = process.exitCode;
  process.exitCode = 0;
  const keep = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
});

afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = exitCode;
  await rm(out, { recursive: true });
});

async function runCli(...argv: string[]): Promise<{ code: typeof process.exitCode; text: string }> {
  await main(argv);
  return { code: process.exitCode, text: written.join('') };
}

const keys = ['--access-key', 'a', '--secret-key', 'b'];

async function runOn(kind: NullServer, ...argv: string[]): ReturnType<typeof runCli> {
  const server = await startServer(nullServers[kind]);
  try {
    return await runCli('run', '--endpoint', server.endpoint.href, ...keys, '--out', out, '--no-checks', ...argv);
  } finally {
    await server.close();
  }
}

describe('s3-conformance', () => {
  it('run writes both reports and closes the gate on a server that implements nothing', async () => {
    const { code, text } = await runOn(
      '501 NotImplemented',
      '--filter',
      'PutObject.key.*,PutBucketCors',
      '--project',
      'null',
    );
    expect(code).toBe(1);
    expect(text).toMatch(/Cases: \d+ in .* s: /);
    expect(text).toContain('Gate: closed');
    const json = JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as {
      operations: { operation: string }[];
    };
    expect(violations(json, resultsSchema)).toEqual([]);
    const cors = json.operations.find(({ operation }) => operation === 'PutBucketCors');
    expect(cors).toMatchObject({ verdict: 'unsupported', executed: 1 });
    expect(await readFile(join(out, 'matrix.md'), 'utf8')).toContain('# S3 compatibility: null');
  });

  it('run --report-only ends with 0', async () => {
    expect((await runOn('501 NotImplemented', '--filter', 'PutObject.key.*', '--report-only')).code).toBe(0);
  });

  it.each<[string, string[], number, string]>([
    ['no endpoint', ['run', ...keys], 4, 'No endpoint. Give --endpoint'],
    ['no http URL', ['run', '--endpoint', 'host:9', ...keys], 4, 'is not an http or https URL'],
    ['nothing listens', ['run', '--endpoint', 'http://127.0.0.1:1', ...keys], 4, 'start the server, or check the port'],
    ['no case matches', ['run', '--endpoint', 'http://127.0.0.1:1', ...keys, '--filter', 'x'], 3, 'No case matches'],
    ['no such profile', ['run', '--endpoint', 'http://127.0.0.1:1', ...keys, '--profile', 'x'], 4, 'no profile "x"'],
    ['an unknown option', ['run', '--nope'], 4, "unknown option '--nope'"],
    ['a concurrency of 0', ['run', '--concurrency', '0'], 4, 'a whole number from 1 up'],
    ['no such case', ['explain', 'X.y.z'], 4, 'There is no case X.y.z'],
    ['help', ['run', '--help'], 0, 'Exit codes:'],
  ])('says what is wrong and what is next: %s', async (_, argv, code, words) => {
    const said = await runCli(...argv);
    expect(said.text).toContain(words);
    expect(said.code).toBe(code);
  });

  it('run refuses to start with keys that the endpoint refuses', async () => {
    const refusal = '<Error><Code>InvalidAccessKeyId</Code><Message>m</Message></Error>';
    const server = await startServer((_, response) => response.writeHead(403).end(refusal));
    const said = await runCli('run', '--endpoint', server.endpoint.href, ...keys);
    await server.close();
    expect(said).toMatchObject({ code: 4 });
    expect(said.text).toContain('refuses the key pair (InvalidAccessKeyId). Next: check --access-key');
  });

  it('list --json prints the cases', async () => {
    const { text } = await runCli('list', '--json', '--filter', 'PutObject');
    const { cases } = JSON.parse(text) as { cases: { id: string }[] };
    expect(cases.map(({ id }) => id)).toContain('PutObject.if-none-match.existing-key');
  });

  it('explain says what a case is about', async () => {
    const { text } = await runCli('explain', 'PutObject.if-none-match.existing-key');
    expect(text).toContain('https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html');
  });

  it('explain with an endpoint shows the wire, without the signature', async () => {
    const server = await startServer(nullServers['501 NotImplemented']);
    const { text } = await runCli(
      'explain',
      'PutObject.sigv4.wrong-signature',
      '--endpoint',
      server.endpoint.href,
      ...keys,
    );
    await server.close();
    expect(text).toContain('> PUT /s3c-');
    expect(text).toContain('Signature=…');
    expect(text).toContain('blocked (not-implemented)');
  });

  it('doctor says what is missing', async () => {
    const server = await startServer(nullServers['403 AccessDenied']);
    const { code, text } = await runCli('doctor', '--endpoint', server.endpoint.href, ...keys);
    await server.close();
    expect(code).toBe(4);
    expect(text).toContain('NO  no bucket can be made: CreateBucket answered 403 AccessDenied');
  });

  it('schema prints the schema of results.json', async () => {
    expect(JSON.parse((await runCli('schema')).text)).toEqual(JSON.parse(JSON.stringify(resultsSchema)));
  });
});
