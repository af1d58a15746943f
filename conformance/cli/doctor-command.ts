import { CreateBucketCommand, DeleteBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Command } from 'commander';
import { capabilities, type Capability } from '../capabilities.ts';
import { CapabilityProbe } from '../engine/capability-probe.ts';
import { describeAnswer, isSuccess } from '../engine/cause.ts';
import { exitCodes } from '../engine/gate.ts';
import { preflight } from '../engine/preflight.ts';
import type { Target } from '../engine/target.ts';
import { sendCaptured } from '../transports/sdk.ts';
import { targetFrom, withConnection, type ConnectionOptions } from './connection-options.ts';

export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('look whether a run can start: endpoint, keys, clock, buckets, capabilities');
  withConnection(command).action(async (options: ConnectionOptions) => {
    const target = targetFrom(options);
    try {
      process.exitCode = await examine(target);
    } finally {
      target.close();
    }
  });
}

function say(isGood: boolean, text: string): void {
  process.stdout.write(`${isGood ? 'ok  ' : 'NO  '}${text}\n`);
}

async function examine(target: Target): Promise<number> {
  const obstacle = await preflight(target);
  if (obstacle !== undefined) {
    say(false, `${obstacle.problem}. Next: ${obstacle.nextStep}`);
    return exitCodes.cannotRun;
  }
  say(true, 'the endpoint answers and takes the key pair');
  await examineClock(target);
  const canMakeBuckets = await examineBuckets(target);
  await examineCapabilities(target);
  return canMakeBuckets ? exitCodes.asExpected : exitCodes.cannotRun;
}

async function examineClock(target: Target): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  const { response } = await sendCaptured(target.client(), new ListBucketsCommand({}), { signal });
  const serverTime = Date.parse(response?.headers['date'] ?? '');
  if (Number.isNaN(serverTime)) {
    say(false, 'no Date header: the clocks cannot be compared');
    return;
  }
  const skewSeconds = Math.round(Math.abs(Date.now() - serverTime) / 1000);
  say(skewSeconds < 300, `the clocks differ by ${String(skewSeconds)} s`);
}

async function examineBuckets(target: Target): Promise<boolean> {
  const client = target.client();
  const bucket = target.nextBucketName();
  const signal = AbortSignal.timeout(20_000);
  const created = await sendCaptured(client, new CreateBucketCommand({ Bucket: bucket }), { signal });
  say(isSuccess(created), `CreateBucket, path style: ${describeAnswer(created)}`);
  if (!isSuccess(created)) return false;
  const removed = await sendCaptured(client, new DeleteBucketCommand({ Bucket: bucket }), { signal });
  say(isSuccess(removed), `DeleteBucket: ${describeAnswer(removed)}`);
  return isSuccess(removed);
}

async function examineCapabilities(target: Target): Promise<void> {
  const probe = new CapabilityProbe(target);
  for (const capability of Object.keys(capabilities) as Capability[]) {
    const isThere = await probe.has(capability);
    process.stdout.write(`${isThere ? 'has  ' : 'lacks'} ${capability}: ${capabilities[capability]}\n`);
  }
  process.stdout.write('Cases that need a capability that is lacking are skipped, and named so.\n');
}
