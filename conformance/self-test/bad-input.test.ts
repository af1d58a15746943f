/** What a vendor meets first: an endpoint that is not as it should be. Each says in plain words what is missing, with exit code 4. */
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { preflight } from '../engine/preflight.ts';
import { Target } from '../engine/target.ts';
import { against, connection, useCommandLine, type Said } from './command-line.ts';
import { FakeS3, refusing, type Fault } from './fake-s3.ts';
import { nullServers, startServer } from './null-servers.ts';

const runCli = useCommandLine();
const isMaking: Parameters<typeof refusing>[2] = ({ method, key }) => method === 'PUT' && key === '';
const isRemoving: Parameters<typeof refusing>[2] = ({ method, key }) => method === 'DELETE' && key === '';
const always = (): boolean => true;

function html(status: number): Fault {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html><body>Console</body></html>');
    return true;
  };
}

/** `doctor` and `run` alike, on a server of its own each. */
async function both(fault: Fault, ...argv: string[]): Promise<{ said: Said; fake: FakeS3 }[]> {
  const commands = [['doctor'], ['run', '--filter', 'PutObject.*']];
  const outcomes: { said: Said; fake: FakeS3 }[] = [];
  for (const command of commands) {
    const fake = new FakeS3(fault);
    fake.buckets.set('precious', { made: new Date(), objects: new Map([['k', Buffer.from('v')]]) });
    const said = await against(fake.listener, (options) => runCli(...command, ...options, ...argv));
    outcomes.push({ said, fake });
  }
  return outcomes;
}

describe('doctor and run say what is missing and what to do, when', () => {
  it.each<[string, Fault, string, string]>([
    ['the key is unknown', refusing(403, 'InvalidAccessKeyId', always), '(InvalidAccessKeyId)', 'check --access-key'],
    ['the secret is wrong', refusing(403, 'SignatureDoesNotMatch', always), 'refuses the key', 'check --secret-key'],
    ['the clock is wrong', refusing(403, 'RequestTimeTooSkewed', always), 'refuses', "set this machine's clock"],
    ['the region is another', refusing(400, 'AuthorizationHeaderMalformed', always), 'refuses', 'check --region'],
    ['a console answers', html(200), 'answers with HTML (200)', 'check --endpoint: this is a web page'],
    ['a proxy is at fault', html(502), 'answers with HTML (502)', 'check --endpoint: this is a web page'],
    ['no bucket may be made', refusing(403, 'AccessDenied', isMaking), '403 AccessDenied', '--bucket-mode existing'],
    ['no more buckets may be made', refusing(400, 'TooManyBuckets', isMaking), 'TooManyBuckets', '--bucket-mode pool'],
    ['no bucket can be made', refusing(501, 'NotImplemented', isMaking), '501 NotImplemented', '--buckets a,b,c'],
    ['making a bucket breaks it', refusing(500, 'InternalError', isMaking), '500 InternalError', 'look into the log'],
    ['no bucket may be removed', refusing(403, 'AccessDenied', isRemoving), 'cannot be removed', 'by hand'],
  ])('%s', async (_, fault, problem, nextStep) => {
    for (const { said, fake } of await both(fault)) {
      expect(said).toMatchObject({ code: 4, text: expect.stringContaining(problem) });
      expect(said.text).toContain('Next: ');
      expect(said.text).toContain(nextStep);
      expect(fake.requests.length).toBeLessThan(6);
      expect(fake.requests.filter((line) => line.includes('/precious'))).toEqual([]);
    }
  });

  it('nothing listens', async () => {
    for (const command of ['doctor', 'run']) {
      const said = await runCli(command, ...connection(new URL('http://127.0.0.1:1')));
      expect(said).toMatchObject({ code: 4, text: expect.stringContaining('Next: nothing listens there') });
    }
  });

  it.each<[keyof typeof nullServers, string]>([
    ['silent', 'does not answer within 0.2 s'],
    ['closed socket', 'cannot be reached'],
  ])('the server is %s', async (kind, words) => {
    const server = await startServer(nullServers[kind]);
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const base = { endpoint: server.endpoint, credentials, region: 'us-east-1', runId: 'unit' };
    const target = new Target({ ...base, patienceMs: 200 });
    const obstacle = await preflight(target);
    target.close();
    await server.close();
    expect(obstacle?.problem).toContain(words);
  });
});

it('doctor tells that the clocks differ, where the server does not mind', async () => {
  const { listener } = new FakeS3((_, response) => {
    response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString());
    return false;
  });
  const said = await against(listener, (options) => runCli('doctor', ...options));
  expect(said).toMatchObject({
    code: 0,
    text: expect.stringMatching(/NO {2}the clocks differ by 36\d\d s\. Next: set/),
  });
});

describe('a server whose certificate is signed by nobody known', () => {
  const fixture = (name: string): string => join(import.meta.dirname, 'tls', name);

  async function onTls(...argv: string[]): Promise<Said> {
    const fake = new FakeS3();
    const [key, cert] = await Promise.all(['key.pem', 'cert.pem'].map((name) => readFile(fixture(name))));
    const server = createTlsServer({ key, cert }, fake.listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const said = await runCli(...argv, ...connection(new URL(`https://127.0.0.1:${port}`)));
    await new Promise((resolve) => server.close(resolve));
    return said;
  }

  it('is named, with what to do', async () => {
    const said = await onTls('doctor');
    expect(said).toMatchObject({ code: 4, text: expect.stringContaining('is not trusted') });
    expect(said.text).toContain('--ca-file ca.pem');
  });

  it('is reached by the SDK and by raw requests with --ca-file', async () => {
    const ca = ['--ca-file', fixture('cert.pem')];
    expect(await onTls('doctor', ...ca)).toMatchObject({ code: 0, text: expect.stringContaining('has   tls') });
    const explained = await onTls('explain', 'PutObject.sigv4.wrong-signature', ...ca);
    expect(explained.text).toContain('< 200');
  });
});

describe('options that cannot be', () => {
  const keys = connection(new URL('http://127.0.0.1:1'));
  it.each<[string, string[], string]>([
    ['half a second account', ['--second-access-key', 'a'], 'needs both'],
    ['given buckets without names', ['--bucket-mode', 'existing'], 'Which buckets?'],
    ['names for a pool', ['--bucket-mode', 'pool', '--buckets', 'a'], 'is for --bucket-mode existing'],
    ['empty names', ['--buckets', 'a,,b'], 'names separated by commas'],
    ['a mode that there is not', ['--bucket-mode', 'x'], 'Allowed choices are per-case, pool, existing'],
    ['an authority that is not there', ['--ca-file', '/nowhere.pem'], '--ca-file cannot be read'],
    ['a folder that cannot be made', ['--out', '/dev/null/results'], '--out cannot be made'],
    ['a domain that is none', ['--domain', 'http://s3.example.com'], 'a host name is needed'],
    ['a percentage above 100', ['--fail-under', '101'], 'a number from 0 to 100'],
  ])('%s', async (_, argv, words) => {
    const said = await runCli('run', ...keys, ...argv);
    expect(said).toMatchObject({ code: 4, text: expect.stringContaining(words) });
  });
});
