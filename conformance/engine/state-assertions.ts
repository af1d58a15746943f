import { isDeepStrictEqual } from 'node:util';
import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Command } from '../transports/sdk.ts';
import type { ValueCause } from './case-context.ts';
import { describeAnswer } from './cause.ts';
import type { Exchange } from './exchange.ts';
import { CaseFailure } from './failure.ts';
import type { CaseKind } from './outcome.ts';

/** What a case asserts about the server's state after its subject, and about values. */
export abstract class StateAssertions {
  /** Negative once a refusal was expected: from then on every change is damage. */
  abstract kind: CaseKind | undefined;
  abstract asserted(kind: CaseKind | undefined): void;
  abstract observe<Output>(command: S3Command<Output>): Promise<Exchange<Output>>;

  async expectObject(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
    const exchange = await this.observe(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const wanted = Buffer.from(body as string);
    const actual = exchange.response?.status === 404 ? undefined : exchange.response?.body;
    if (actual?.equals(wanted) === true) {
      this.asserted(undefined);
      return;
    }
    if (actual === undefined)
      throw this.#stateFailure('ignored', `object ${key} is missing (${describeAnswer(exchange)})`);
    const sizes = `${String(wanted.length)} bytes expected, ${String(actual.length)} found`;
    throw this.#stateFailure('wrong-body', `object ${key} does not hold what was expected: ${sizes}`);
  }

  async expectAbsent(bucket: string, key: string): Promise<void> {
    const exchange = await this.observe(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    this.asserted(undefined);
    if (exchange.response?.status !== 404) throw this.#stateFailure('ignored', `object ${key} exists, it should not`);
  }

  async expectKeys(bucket: string, keys: readonly string[]): Promise<void> {
    const output = await this.#listing(bucket);
    const found = (output?.Contents ?? []).map(({ Key }) => Key ?? '').sort();
    if (output !== undefined && isDeepStrictEqual(found, [...keys].sort())) return;
    throw this.#stateFailure('wrong-body', `bucket holds ${JSON.stringify(found)}, expected ${JSON.stringify(keys)}`);
  }

  async expectBucketExists(bucket: string): Promise<void> {
    if ((await this.#listing(bucket)) === undefined) throw this.#stateFailure('ignored', 'the bucket is not there');
  }

  /** The listing of a bucket that names it, as a server that answers 200 to everything does not; undefined on 404. */
  async #listing(bucket: string): Promise<ListObjectsV2CommandOutput | undefined> {
    const { response, output } = await this.observe(new ListObjectsV2Command({ Bucket: bucket }));
    this.asserted(undefined);
    if (response?.status === 404) return undefined;
    if (output?.Name !== bucket)
      throw new CaseFailure('wrong-shape', 'reading back: the listing does not name its bucket');
    return output;
  }

  async expectBucketAbsent(bucket: string): Promise<void> {
    const exchange = await this.observe(new HeadBucketCommand({ Bucket: bucket }));
    this.asserted(undefined);
    if (exchange.response?.status !== 404) throw this.#stateFailure('ignored', 'the bucket exists, it should not');
  }

  expectEqual(actual: unknown, expected: unknown, what: string, cause: ValueCause = 'wrong-body'): void {
    this.expectTrue(
      isDeepStrictEqual(actual, expected),
      `${what}: expected ${shown(expected)}, got ${shown(actual)}`,
      cause,
    );
  }

  expectMatch(actual: string | undefined, pattern: RegExp, what: string, cause: ValueCause = 'wrong-body'): void {
    const holds = actual !== undefined && pattern.test(actual);
    this.expectTrue(holds, `${what}: expected ${String(pattern)}, got ${shown(actual)}`, cause);
  }

  expectTrue(holds: boolean, what: string, cause: ValueCause = 'wrong-body'): void {
    this.asserted(undefined);
    if (!holds) throw new CaseFailure(cause, what);
  }

  /** After a refusal every change is damage; after a success it is the effect that is missing or wrong. */
  #stateFailure(cause: 'ignored' | 'wrong-body', message: string): CaseFailure {
    return new CaseFailure(this.kind === 'negative' ? 'state-damaged' : cause, message);
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
