import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Command } from 'commander';
import { capabilities, type Capability } from '../capabilities.ts';
import { CapabilityProbe } from '../engine/capability-probe.ts';
import { exitCodes } from '../engine/gate.ts';
import { checkAnswer, checkBuckets, type Obstacle } from '../engine/preflight.ts';
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

/** @returns whether there was none */
function sayObstacle(obstacle: Obstacle | undefined, good: string): boolean {
  say(obstacle === undefined, obstacle === undefined ? good : `${obstacle.problem}. Next: ${obstacle.nextStep}`);
  return obstacle === undefined;
}

async function examine(target: Target): Promise<number> {
  if (!sayObstacle(await checkAnswer(target), 'the endpoint answers and takes the key pair'))
    return exitCodes.cannotRun;
  await examineClock(target);
  const { supply } = target;
  const good =
    supply.mode === 'existing'
      ? `the ${String(supply.given.length)} given buckets are there and empty`
      : 'buckets can be made and removed, path style';
  const hasBuckets = sayObstacle(await checkBuckets(target), good);
  if (!hasBuckets) return exitCodes.cannotRun;
  await examineCapabilities(target);
  return exitCodes.asExpected;
}

async function examineClock(target: Target): Promise<void> {
  const signal = AbortSignal.timeout(target.patienceMs);
  const { response } = await sendCaptured(target.client(), new ListBucketsCommand({}), { signal });
  const serverTime = Date.parse(response?.headers['date'] ?? '');
  if (Number.isNaN(serverTime)) {
    say(false, 'no Date header: the clocks cannot be compared');
    return;
  }
  const skewSeconds = Math.round(Math.abs(Date.now() - serverTime) / 1000);
  const isFine = skewSeconds < 300;
  const next = isFine ? '' : ". Next: set this machine's clock, signatures of another time are refused";
  say(isFine, `the clocks differ by ${String(skewSeconds)} s${next}`);
}

async function examineCapabilities(target: Target): Promise<void> {
  const probe = new CapabilityProbe(target);
  for (const capability of Object.keys(capabilities) as Capability[]) {
    const isThere = await probe.has(capability);
    process.stdout.write(`${isThere ? 'has  ' : 'lacks'} ${capability}: ${capabilities[capability]}\n`);
  }
  process.stdout.write('Cases that need a capability that is lacking are skipped, and named so.\n');
}
