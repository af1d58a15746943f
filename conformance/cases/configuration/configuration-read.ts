import type { OperationName } from '../../catalogue.ts';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineCase, type CaseDefinition } from '../../engine/define-case.ts';
import type { Subject } from '../../engine/subject.ts';
import type { Feature } from '../../features.ts';
import type { S3Command } from '../../transports/sdk.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

interface BucketInput {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string;
}

/** What a new bucket answers: a document whose output `read` picks a value from, or an error that says "none". */
type Answer<Output> =
  | { readonly root: string; readonly read: (output: Output) => unknown; readonly expected: unknown }
  | { readonly status: 404; readonly code: string };

export interface ConfigurationRead<Output> {
  readonly operation: OperationName;
  readonly feature: Feature;
  /** The sub-resource as it stands in the query. */
  readonly query: string;
  readonly command: (input: BucketInput) => S3Command<Output>;
  readonly answer: Answer<Output>;
  /** Brings a new bucket into the state the answer is about, where AWS makes it otherwise. */
  readonly prepare?: (t: CaseContext, bucket: string) => Promise<unknown>;
  readonly clients?: readonly string[];
}

type Described = Pick<CaseDefinition, 'operation' | 'feature' | 'reference'>;

function describedBy(read: Pick<ConfigurationRead<never>, 'operation' | 'feature'>): Described {
  const { operation, feature } = read;
  return { operation, feature, reference: apiPage(operation) };
}

function expectAnswer<Output>(t: CaseContext, subject: Subject<Output>, answer: Answer<Output>): void {
  if ('code' in answer) {
    subject.expectError(answer);
    return;
  }
  const output = subject.expectOk();
  subject.expectRoot(answer.root);
  t.expectEqual(answer.read(output), answer.expected, answer.root);
}

/** The cases that every read of a bucket's configuration has, and what it says of a bucket where nothing was configured. */
export function defineConfigurationRead<Output>(read: ConfigurationRead<Output>): void {
  const { operation, command, answer, prepare } = read;
  defineCase({
    ...describedBy(read),
    id: `${operation}.${read.feature}.nothing-configured`,
    title: 'code' in answer ? `a bucket without it: 404 ${answer.code}` : `a new bucket: ${answer.root}, nothing set`,
    level: 'core',
    severity: 'major',
    clients: read.clients ?? ['terraform'],
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v');
      await prepare?.(t, bucket);
      expectAnswer(t, await t.subject(command({ Bucket: bucket })), answer);
      await t.expectObject(bucket, 'k', 'v');
    },
  });
  defineCase({
    ...describedBy(read),
    id: `${operation}.${read.feature}.query-without-equals-sign`,
    title: `?${read.query} without "=" names the sub-resource too, and is no listing`,
    level: 'core',
    severity: 'major',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, 'k', 'v');
      await prepare?.(t, bucket);
      const get = await t.raw({ method: 'GET', path: t.path(bucket), query: read.query });
      if ('code' in answer) get.expectError(answer);
      else {
        get.expectOk(200);
        get.expectRoot(answer.root);
        get.expectHeader('content-type', /^application\/xml/);
      }
      await t.expectKeys(bucket, ['k']);
    },
  });
  defineBucketRefusals(read);
}

/** The refusals that every request on a bucket has in common. */
export function defineBucketRefusals<Output>(
  read: Pick<ConfigurationRead<Output>, 'operation' | 'feature' | 'command'>,
): void {
  const { operation, command } = read;
  const described = describedBy(read);
  defineCase({
    ...described,
    id: `${operation}.error-shape.missing-bucket`,
    title: 'a bucket that does not exist: 404 NoSuchBucket, before anything else',
    level: 'core',
    severity: 'major',
    run: async (t) => {
      const bucket = t.bucketName();
      const subject = await t.subject(command({ Bucket: bucket }));
      subject.expectError({ status: 404, code: 'NoSuchBucket' });
      await t.expectBucketAbsent(bucket);
    },
  });
  defineCase({
    ...described,
    id: `${operation}.expected-bucket-owner.other-account`,
    title: 'x-amz-expected-bucket-owner naming another account: 403',
    feature: 'expected-bucket-owner',
    level: 'extended',
    severity: 'major',
    run: async (t) => {
      const bucket = await t.bucket();
      const subject = await t.subject(command({ Bucket: bucket, ExpectedBucketOwner: '111122223333' }));
      subject.expectError({ status: 403, code: 'AccessDenied' });
      await t.expectBucketExists(bucket);
    },
  });
  defineCase({
    ...described,
    id: `${operation}.second-account.refused`,
    title: 'another account, to which nothing was granted: 403',
    feature: 'second-account',
    level: 'extended',
    severity: 'critical',
    requires: ['second-account', 'auth-enforced'],
    run: async (t) => {
      const bucket = await t.bucket();
      const subject = await t.subject(command({ Bucket: bucket }), { as: 'second' });
      subject.expectError({ status: 403, code: 'AccessDenied' });
      await t.expectBucketExists(bucket);
    },
  });
}
