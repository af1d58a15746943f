import {
  DeleteBucketCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { sendCaptured, type S3Command } from '../transports/sdk.ts';
import { describeAnswer, isSuccess } from './cause.ts';
import { connectionProblems, createProblems, keyProblems, tlsProblem } from './known-problems.ts';
import { readErrorDocument, type Exchange } from './exchange.ts';
import { createBucketCommand } from './make-bucket.ts';
import type { Target } from './target.ts';

/** Why a run cannot start, and what to do about it. */
export interface Obstacle {
  readonly problem: string;
  readonly nextStep: string;
}

/** Looks before a run whether it can start; the first obstacle, or undefined. */
export async function preflight(target: Target): Promise<Obstacle | undefined> {
  return (await checkAnswer(target)) ?? (await checkBuckets(target));
}

/** Whether the endpoint answers, speaks S3, and takes the keys. A strange answer in XML is left for the cases to judge. */
export async function checkAnswer(target: Target): Promise<Obstacle | undefined> {
  const exchange = await ask(target, new ListBucketsCommand({}));
  const where = target.endpoint.origin;
  if (exchange.response === undefined) return silence(target, exchange, where);
  if (isHtml(exchange)) {
    const status = String(exchange.response.status);
    const nextStep = 'check --endpoint: this is a web page (a console? a proxy?), the S3 port is another.';
    return { problem: `${where} answers with HTML (${status}), not as S3 does`, nextStep };
  }
  const code = readErrorDocument(exchange.response.body)?.code ?? '';
  const nextStep = keyProblems[code];
  return nextStep === undefined ? undefined : { problem: `${where} refuses the key pair (${code})`, nextStep };
}

/** Whether the cases can have buckets: made for them, or the given ones. */
export function checkBuckets(target: Target): Promise<Obstacle | undefined> {
  return target.supply.mode === 'existing' ? checkGivenBuckets(target) : checkMaking(target);
}

async function checkMaking(target: Target): Promise<Obstacle | undefined> {
  const Bucket = target.nextBucketName();
  const created = await ask(target, createBucketCommand(Bucket, target.options.region));
  if (!isSuccess(created)) {
    // It may have been made all the same, without an answer.
    if (created.response === undefined) await ask(target, new DeleteBucketCommand({ Bucket }));
    const code = readErrorDocument(created.response?.body ?? Buffer.alloc(0))?.code ?? '';
    const nextStep = createProblems[code] ?? createProblems[String(created.response?.status)];
    const given = 'give empty buckets of yours: --bucket-mode existing --buckets a,b,c.';
    return {
      problem: `no bucket can be made: CreateBucket answered ${describeAnswer(created)}`,
      nextStep: nextStep ?? given,
    };
  }
  const removed = await ask(target, new DeleteBucketCommand({ Bucket }));
  if (isSuccess(removed)) return undefined;
  const problem = `a bucket that was made cannot be removed: DeleteBucket ${Bucket} answered ${describeAnswer(removed)}`;
  const nextStep = `remove ${Bucket} by hand, and let the key pair delete buckets, or give some: --bucket-mode existing.`;
  return { problem, nextStep };
}

async function checkGivenBuckets(target: Target): Promise<Obstacle | undefined> {
  for (const bucket of target.supply.given) {
    const obstacle = await checkGivenBucket(target, bucket);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

async function checkGivenBucket(target: Target, bucket: string): Promise<Obstacle | undefined> {
  const found = await ask(target, new HeadBucketCommand({ Bucket: bucket }));
  if (!isSuccess(found)) {
    const problem = `the bucket ${bucket} cannot be used: HeadBucket answered ${describeAnswer(found)}`;
    return { problem, nextStep: 'make it, or check --buckets and what the key pair may do.' };
  }
  const listed = await ask(target, new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }));
  const begun = await ask(target, new ListMultipartUploadsCommand({ Bucket: bucket, MaxUploads: 1 }));
  const inside = (listed.output?.Contents ?? []).length + (begun.output?.Uploads ?? []).length;
  if (inside === 0) return undefined;
  const nextStep =
    'give buckets that are empty: the suite counts what is in them, and other objects must be safe from it.';
  return { problem: `the bucket ${bucket} is not empty (objects, or unfinished uploads)`, nextStep };
}

function ask<Output>(target: Target, command: S3Command<Output>): Promise<Exchange<Output>> {
  return sendCaptured(target.client(), command, { signal: AbortSignal.timeout(target.patienceMs) });
}

function isHtml({ response }: Exchange<unknown>): boolean {
  if (response === undefined) return false;
  const isNamed = (response.headers['content-type'] ?? '').startsWith('text/html');
  return isNamed || /^\s*<(?:!doctype html|html)/i.test(response.body.subarray(0, 200).toString('latin1'));
}

function silence(target: Target, { error, noResponse }: Exchange<unknown>, where: string): Obstacle {
  if (noResponse === 'timeout') {
    const seconds = String(target.patienceMs / 1000);
    return {
      problem: `${where} takes the connection but does not answer within ${seconds} s`,
      nextStep: 'look into the log of the server; if it is only slow, give --timeout-factor.',
    };
  }
  const said = error?.message ?? 'no answer';
  // The SDK may wrap the socket's error; its code is then in the message alone.
  const isCode = (known: string): boolean => said.includes(known) || codeOf(error) === known;
  const isTls = target.endpoint.protocol === 'https:' && tlsProblem.test(`${codeOf(error) ?? ''} ${said}`);
  if (isTls) {
    const nextStep = 'give the certificate of the authority that signed it: --ca-file ca.pem.';
    return { problem: `the certificate of ${where} is not trusted (${said})`, nextStep };
  }
  const code = Object.keys(connectionProblems).find(isCode);
  const nextStep = connectionProblems[code ?? ''] ?? 'check --endpoint, and that the server answers there.';
  return { problem: `${where} cannot be reached (${code ?? said})`, nextStep };
}

function codeOf(error: Error | undefined): string | undefined {
  return (error as (Error & { code?: string }) | undefined)?.code;
}
