import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { startGatewayProcess } from '../test/gateway-process.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';
import { help, parseOptions } from './options.ts';
import type { Options } from './options.ts';
import { startOzone } from './ozone.ts';
import { builtPeers, startPeer } from './peers.ts';
import { markdownTable, rowResult } from './report.ts';
import type { RowResult } from './report.ts';
import type { Row } from './rows.ts';
import { Session } from './session.ts';
import type { Endpoint } from './sign.ts';

/** What was started, to be undone once, in reverse order. */
const undo: (() => Promise<void>)[] = [];

let undone: Promise<void> | undefined;

async function undoAll(): Promise<void> {
  undone ??= (async () => {
    for (const step of undo.toReversed()) await step();
  })();
  await undone;
}

function report(text: string): void {
  process.stderr.write(text);
}

async function startEndpoints({ directory, workers, profile, isOnOzone }: Options): Promise<readonly Endpoint[]> {
  const root = await mkdtemp(join(directory, 'ozone-s3g-bench-'));
  undo.push(async () => rm(root, { recursive: true, force: true }));
  const nodeArgs = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  if (isOnOzone) {
    const started = await startOzone(root, { workers, nodeArgs }, report);
    undo.push(async () => started.stop());
    return started.endpoints;
  }
  const gateway = await startGatewayProcess({ dataDirectory: join(root, 'gateway'), workers, nodeArgs });
  undo.push(async () => gateway.stop());
  const endpoints = [gateway.endpoint];
  const peers = await builtPeers();
  if (peers.length === 0) report('no peers are built: npm run bench:peers\n');
  for (const peer of peers) {
    const started = await startPeer(peer, join(root, peer.name));
    undo.push(async () => started.process.stop());
    endpoints.push(started.endpoint);
  }
  return endpoints;
}

async function measureOnce(session: Session, row: Row, options: Options, seconds: number): Promise<Measured> {
  const round = await row.prepare(session, { seconds, listKeys: options.listKeys });
  // What others have left to be written must not slow down whoever waits for the disk.
  spawnSync('sync');
  const measured = await measure(session, round.load, row.clients, seconds);
  await round.verify();
  return measured;
}

async function measureRow(sessions: readonly Session[], row: Row, options: Options): Promise<RowResult> {
  const measured = new Map(sessions.map(({ endpoint }) => [endpoint.name, [] as Measured[]]));
  report(`${row.name}: `);
  for (const session of sessions) await measureOnce(session, row, options, Math.min(1, options.seconds));
  for (let round = 0; round < options.rounds; round += 1) {
    for (let turn = 0; turn < sessions.length; turn += 1) {
      const session = sessions[(round + turn) % sessions.length];
      if (session === undefined) continue;
      measured.get(session.endpoint.name)?.push(await measureOnce(session, row, options, options.seconds));
    }
    report(`${round + 1} `);
  }
  report('\n');
  return rowResult(row, options.seconds, measured);
}

async function run(options: Options): Promise<void> {
  const isOurs = options.endpoints.length === 0;
  const sessions = (isOurs ? await startEndpoints(options) : options.endpoints).map((each) => new Session(each));
  if (!isOurs) {
    undo.push(async () => {
      for (const session of sessions) await session.cleanUp();
    });
  }
  const results: RowResult[] = [];
  try {
    for (const row of options.rows) {
      const result = await measureRow(sessions, row, options);
      results.push(result);
      if (options.out !== undefined) await appendFile(options.out, `${JSON.stringify(result)}\n`);
    }
  } finally {
    process.stdout.write(markdownTable(results));
    for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    report('\nstopping\n');
    void undoAll().finally(() => process.exit(1));
  });
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(help);
  else await run(options);
} catch (error) {
  // What fails once the servers are being stopped fails because of that.
  if (undone === undefined) report(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await undoAll();
}
