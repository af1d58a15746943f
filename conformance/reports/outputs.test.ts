import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Baseline } from '../engine/baseline.ts';
import type { CaseResult, Outcome } from '../engine/outcome.ts';
import { redactor } from '../engine/redaction.ts';
import { transcribe, type CaseTranscript, type TranscriptEntry } from '../engine/transcript.ts';
import { violations } from './schema/violations.ts';
import { areaOf } from './areas.ts';
import { badgeEndpoint, badgeSvg } from './badge.ts';
import { junitXml } from './junit-xml.ts';
import { parseDocument } from './recorded-results.ts';
import { resultsJson } from './results-json.ts';
import { formatResults, type ResultsDocument } from './results-document.ts';
import { resultsSchema } from './schema/results-schema.ts';
import { formatTranscripts, parseTranscripts } from './transcripts-ndjson.ts';
import { renderedReports } from './write-reports.ts';

function result(id: string, outcome: Outcome, extra: Partial<CaseResult> = {}): CaseResult {
  const operation = id.split('.')[0] as CaseResult['operation'];
  const base = { feature: 'object-basics', level: 'core', severity: 'major', kind: 'positive' } as const;
  const rest = {
    cause: undefined,
    detail: undefined,
    durationMs: 1500,
    inputMembers: [],
    outputMembers: [],
    leftBehind: [],
  };
  return { ...base, ...rest, id, title: `about ${id}`, operation, outcome, ...extra };
}

function documentOf(results: readonly CaseResult[]): ResultsDocument {
  return resultsJson({
    versions: { suite: '1.2.3', sdk: '3.0.0', node: '20.0.0' },
    implementation: { project: 'server' },
    endpoint: new URL('http://secret-host:1'),
    region: 'us-east-1',
    profile: 'full',
    filter: undefined,
    startedAt: new Date(0),
    durationMs: 10,
    isInterrupted: false,
    cases: [],
    results,
  });
}

const mixed = [
  result('PutObject.a.one', 'pass'),
  result('PutObject.a.two', 'fail', { cause: 'wrong-body', detail: 'a < b & "c"\u0000' }),
  result('UploadPart.a.one', 'fail', { cause: 'not-implemented', detail: 'got 501' }),
  result('GetBucketTagging.a.one', 'blocked', { cause: 'timeout', detail: 'set-up' }),
  result('HeadBucket.a.one', 'skipped', { detail: 'tls: an https endpoint' }),
];

describe('areaOf', () => {
  it.each([
    ['ListBuckets', 'service'],
    ['HeadBucket', 'bucket'],
    ['DeleteObjects', 'bucket'],
    ['ListObjectsV2', 'listing'],
    ['GetObject', 'object'],
    ['GetObjectAttributes', 'object'],
    ['UploadPartCopy', 'multipart'],
    ['ListMultipartUploads', 'multipart'],
    ['PutBucketTagging', 'tagging'],
    ['GetObjectAcl', 'acl'],
    ['PutBucketCors', 'configuration'],
  ])('%s: %s', (operation, area) => {
    expect(areaOf(operation)).toBe(area);
  });
});

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly failure?: { readonly message: string; readonly type: string };
  readonly error?: { readonly message: string };
  readonly skipped?: { readonly message: string };
}

function readJunit(xml: string): { root: Record<string, string>; cases: TestCase[] } {
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  expect(XMLValidator.validate(xml)).toBe(true);
  const options = {
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name: string) => /^test(?:suite|suites|case)$/.test(name),
  };
  const parsed = new XMLParser(options).parse(xml) as {
    testsuites: [Record<string, string> & { testsuite: { testcase: TestCase[] }[] }];
  };
  const [root] = parsed.testsuites;
  return { root, cases: root.testsuite.flatMap(({ testcase }) => testcase) };
}

describe('junit.xml', () => {
  it('tells failures from errors, by area and operation', () => {
    const { root, cases } = readJunit(junitXml(documentOf(mixed)));
    expect(root).toMatchObject({ tests: '5', failures: '2', errors: '1', skipped: '1', time: '7.500' });
    const byName = new Map(cases.map((one) => [one.name, one]));
    expect(byName.get('PutObject.a.two')).toMatchObject({
      classname: 'object.PutObject',
      failure: { message: 'fail (wrong-body): a < b & "c"\ufffd', type: 'wrong-body' },
    });
    expect(byName.get('GetBucketTagging.a.one')?.error?.message).toBe('blocked (timeout): set-up');
    expect(byName.get('HeadBucket.a.one')?.skipped?.message).toBe('tls: an https endpoint');
  });

  it('tells a known gap as skipped, with its reason', () => {
    const gap = { outcome: 'fail', cause: 'not-implemented', kind: 'positive', reason: 'no parts yet' } as const;
    const baseline: Baseline = {
      schemaVersion: 1,
      implementation: {},
      suite: '1',
      sdk: '3',
      inputMembersSent: {},
      cases: { 'UploadPart.*': gap, 'PutObject.a.two': { ...gap, cause: 'ignored' } },
    };
    const { root, cases } = readJunit(junitXml(documentOf(mixed), baseline));
    expect(root).toMatchObject({ failures: '1', errors: '1', skipped: '2' });
    const known = cases.find(({ name }) => name === 'UploadPart.a.one');
    expect(known?.skipped?.message).toBe('known gap: no parts yet');
  });
});

describe('the badge', () => {
  const operations = (harmful: boolean): ResultsDocument['operations'] =>
    documentOf(mixed).operations.map((one) => ({ ...one, harmful }));
  it.each<[string, CaseResult[], boolean, string, string]>([
    ['all pass', [result('PutObject.a.one', 'pass')], false, 'core 1/1', '#2e7d32'],
    ['some fail', [...Array.from({ length: 19 }, () => mixed[0]!), mixed[1]!], false, 'core 19/20', '#9a6700'],
    ['many fail', mixed, false, 'core 1/3', '#b3261e'],
    ['harm is done', [result('PutObject.a.one', 'pass')], true, 'core 1/1, harmful', '#b3261e'],
    ['nothing ran', [mixed[4]!], false, 'untested', '#5f6368'],
  ])('%s', (_, results, harmful, message, color) => {
    const endpoint = badgeEndpoint({ cases: documentOf(results).cases, operations: operations(harmful) });
    expect(endpoint).toEqual({ schemaVersion: 1, label: 'S3 conformance', message, color });
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    expect(XMLValidator.validate(badgeSvg(endpoint))).toBe(true);
    expect(badgeSvg(endpoint)).toContain(`>${message}</text>`);
  });
});

const exchange = {
  request: {
    method: 'PUT',
    target: '/b/k?X-Amz-Signature=0123&X-Amz-Credential=AKIAFIRST%2F2026',
    headers: {
      host: 'secret-host:1',
      authorization: 'AWS4 Credential=AKIAFIRST',
      'x-amz-date': 'd',
      'user-agent': 'u',
    },
    body: 'x'.repeat(5_000),
  },
  response: {
    status: 403,
    headers: { location: 'http://secret-host:1/b' },
    body: Buffer.from('<Error><AWSAccessKeyId>AKIAFIRST</AWSAccessKeyId><Host>secret-host</Host></Error>'),
  },
  noResponse: undefined,
  output: undefined,
  error: undefined,
};
const redact = redactor({ keys: ['AKIAFIRST', 'very-secret'], hosts: ['secret-host:1', 'secret-host'] });

describe('a transcript', () => {
  const entry = transcribe(exchange, 'subject', redact);
  it('holds no key, signature or host', () => {
    expect(JSON.stringify(entry)).not.toMatch(/AKIAFIRST|secret-host|0123/);
    expect(entry.request.headers).toEqual({ host: '(redacted)', authorization: '(redacted)', 'x-amz-date': 'd' });
    expect(entry.response?.headers).toEqual({ location: 'http://(host)/b' });
  });

  it('holds the beginning of a long body, and says that a body is no text', () => {
    expect(entry.request.body).toBe(`${'x'.repeat(2_000)}… (5000 bytes in all)`);
    const request = { ...exchange.request, body: Uint8Array.from([1, 2, 255, 0, 1, 2, 255, 0]) };
    expect(transcribe({ ...exchange, request }, 'look', redact).request.body).toBe('(8 bytes, not text)');
  });

  it('says why nothing came', () => {
    const error = new Error('connect ECONNREFUSED secret-host:1');
    const silent = { ...exchange, response: undefined, noResponse: 'connection', error } as const;
    expect(transcribe(silent, 'look', redact)).toMatchObject({ failure: 'connection: connect ECONNREFUSED (host)' });
  });

  it('leaves longer words alone', () => {
    expect(redactor({ keys: ['a'], hosts: [] })('a cat has a hat')).toBe('(key) cat has (key) hat');
  });
});

/** A server that fails half of 1,700 cases, each with long texts. */
function largeRun(): { document: ResultsDocument; transcripts: CaseTranscript[] } {
  const operations = documentOf([]).operations.map(({ operation }) => operation);
  const results = Array.from({ length: 1_700 }, (_, index) => {
    const id = `${operations[index % operations.length] ?? ''}.some-feature.condition-number-${String(index)}`;
    const detail = `expected <this>, got ${'that '.repeat(300)}`;
    return index % 2 === 0 ? result(id, 'pass') : result(id, 'fail', { cause: 'wrong-body', detail });
  });
  const long: TranscriptEntry = transcribe(
    { ...exchange, response: { ...exchange.response, body: Buffer.from('<a>'.repeat(2_000)) } },
    'subject',
    redact,
  );
  const failed = results.filter(({ outcome }) => outcome === 'fail');
  const transcripts = failed.map(({ id }) => ({ id, exchanges: Array.from({ length: 9 }, () => long) }));
  return { document: documentOf(results), transcripts };
}

describe('a large run', () => {
  const { document, transcripts } = largeRun();
  const files = renderedReports({ document, transcripts });
  it('has a results.json below 1.5 MB that fits its schema', () => {
    const text = formatResults(document);
    expect(Buffer.byteLength(text)).toBeLessThan(1_500_000);
    expect(violations(JSON.parse(text), resultsSchema)).toEqual([]);
  });

  it('has a report.html below 3 MB, with something of every failure', () => {
    const html = files['report.html'] ?? '';
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
    const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as {
      transcripts: Record<string, { exchanges: object[]; left: number }>;
    };
    const kept = Object.values(data.transcripts);
    expect(kept).toHaveLength(850);
    expect(kept.filter(({ exchanges, left }) => exchanges.length === 0 || exchanges.length + left !== 9)).toEqual([]);
  });

  it('comes to the same reports when they are made again from the files', () => {
    const again = {
      document: parseDocument(formatResults(document)),
      transcripts: parseTranscripts(formatTranscripts(transcripts)),
    };
    const remade = renderedReports(again);
    expect(Object.keys(files).filter((name) => remade[name] !== files[name])).toEqual([]);
  });
});
