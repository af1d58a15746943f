import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html';

function entry(operation: string, index: number): object {
  return {
    id: `${operation}.some-feature.condition-${String(index)}`,
    title: `what it does under condition ${String(index)}`,
    operation,
    feature: 'object-basics',
    level: 'core',
    severity: 'major',
    kind: 'positive',
    outcome: 'pass',
    cause: null,
    detail: null,
    durationMs: 12,
    reference,
    clients: ['s3a'],
  };
}

const suffix = {
  ...entry('GetObject', 0),
  id: 'GetObject.range.suffix',
  title: 'a suffix range gives the end of the object',
  feature: 'range',
  severity: 'critical',
  outcome: 'fail',
  cause: 'wrong-header',
  detail: 'content-range: expected the last five bytes, got "bytes 0-4/9"',
  clients: ['duckdb', 'trino'],
};
const bytes = {
  ...entry('PutObject', 0),
  id: 'PutObject.round-trip.bytes',
  title: 'what was put is what comes back',
  outcome: 'fail',
  cause: 'wrong-body',
  detail: 'body differs: "</script><b>bold</b>"',
};

const operations = ['GetObject', 'HeadObject', 'PutObject', 'CopyObject'];
const cases = [
  suffix,
  bytes,
  ...operations.flatMap((operation) =>
    Array.from({ length: operation === 'GetObject' || operation === 'PutObject' ? 29 : 30 }, (_, index) =>
      entry(operation, index),
    ),
  ),
];

function operationEntry(operation: string): object {
  const isBroken = operation === 'GetObject' || operation === 'PutObject';
  const counts = { cases: 30, executed: 30, passed: isBroken ? 29 : 30 };
  const verdict = isBroken ? 'non-compliant' : 'supported';
  const inputMembers = { sent: 4, modelled: 20, missed: [] };
  const outputMembers = { asserted: 3, modelled: 9, missed: [] };
  return {
    operation,
    verdict,
    ...counts,
    harmful: false,
    thin: false,
    inputMembers,
    outputMembers,
    notes: [],
    features: [],
  };
}

const document = {
  schemaVersion: 1,
  suite: { name: 's3-conformance', version: '0.1.0' },
  sdk: { name: '@aws-sdk/client-s3', version: '3.1169.0' },
  node: '20.20.2',
  implementation: { project: 'Some server', version: '1.2' },
  target: { endpointHash: '0'.repeat(64), region: 'us-east-1' },
  selection: { profile: 'full', filter: null },
  startedAt: '2026-11-26T09:00:00.000Z',
  durationMs: 61_000,
  interrupted: false,
  leftBehind: [],
  summary: {
    cases: cases.length,
    outcomes: { pass: 118, fail: 2, blocked: 0, skipped: 0, error: 0 },
    verdicts: { supported: 2, partial: 0, 'non-compliant': 2, unsupported: 0, untested: 0 },
  },
  operations: operations.map(operationEntry),
  features: [],
  cases,
};

const transcript = {
  id: 'GetObject.range.suffix',
  exchanges: [
    {
      role: 'set-up',
      request: {
        method: 'PUT',
        target: '/s3c-1-1/k?x-id=PutObject',
        headers: { authorization: '(redacted)', host: '(redacted)', 'content-length': '9' },
        body: 'some text',
      },
      response: { status: 200, headers: { etag: '"b0a1"', 'content-length': '0' } },
    },
    {
      role: 'subject',
      request: {
        method: 'GET',
        target: '/s3c-1-1/k?x-id=GetObject',
        headers: { range: 'bytes=-5', authorization: '(redacted)', host: '(redacted)' },
      },
      response: { status: 206, headers: { 'content-range': 'bytes 0-4/9' }, body: 'some ' },
    },
  ],
};

/** Writes results.json and transcripts.ndjson of a run with 120 cases, two of which fail. */
export async function writeRun(folder: string): Promise<void> {
  await writeFile(join(folder, 'results.json'), JSON.stringify(document));
  await writeFile(join(folder, 'transcripts.ndjson'), `${JSON.stringify(transcript)}\n`);
}
