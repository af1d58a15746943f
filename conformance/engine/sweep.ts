import { ListBucketsCommand, type Bucket } from '@aws-sdk/client-s3';
import { describeAnswer, isSuccess } from './cause.ts';
import { Remover } from './remover.ts';
import type { Target } from './target.ts';
import { sendCaptured } from '../transports/sdk.ts';

/** Which buckets of runs that ended badly are to be removed. */
export interface SweepSelection {
  /** Those of one run. */
  readonly run?: string;
  /** Those of any run, made before this time. */
  readonly madeBefore?: Date;
}

/** `s3c-<run>-<n>`, and what cases append to it. */
const namePattern = /^s3c-([0-9a-f]{8})-\d+[a-z0-9.-]*$/;

/** Whether a bucket is one that the suite made, and is meant. A bucket of another name is never meant. */
export function isMeant({ Name = '', CreationDate }: Bucket, { run, madeBefore }: SweepSelection): boolean {
  const runOfBucket = namePattern.exec(Name)?.[1];
  if (runOfBucket === undefined) return false;
  if (run !== undefined) return runOfBucket === run;
  return madeBefore !== undefined && CreationDate !== undefined && CreationDate < madeBefore;
}

/** @throws Error when the server does not list its buckets */
export async function findBuckets(target: Target, selection: SweepSelection): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  // A server that gives the same page for ever must not keep us.
  for (let page = 0; page < 1_000; page += 1) {
    const command = new ListBucketsCommand({ ContinuationToken: token });
    const signal = AbortSignal.timeout(target.housekeepingTimeoutMs);
    const exchange = await sendCaptured(target.client(), command, { signal });
    if (!isSuccess(exchange) || exchange.output === undefined) {
      throw new Error(`ListBuckets answered ${describeAnswer(exchange)}`);
    }
    const { Buckets = [], ContinuationToken } = exchange.output;
    found.push(...Buckets.filter((bucket) => isMeant(bucket, selection)).map(({ Name }) => Name ?? ''));
    if (ContinuationToken === undefined || ContinuationToken === token) break;
    token = ContinuationToken;
  }
  return [...new Set(found)].sort();
}

/** Removes a bucket with all that is in it; the name must come from `findBuckets`. @returns whether it is gone */
export async function removeWithContents(target: Target, bucket: string): Promise<boolean> {
  if (!namePattern.test(bucket)) return false;
  const remover = new Remover(target.client(), target.housekeepingTimeoutMs);
  if (await remover.removeBucket(bucket)) return true;
  await remover.sweep(bucket);
  return remover.removeBucket(bucket);
}
