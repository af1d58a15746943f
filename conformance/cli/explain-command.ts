import type { Command } from 'commander';
import type { ConformanceCase } from '../engine/define-case.ts';
import type { Exchange } from '../engine/exchange.ts';
import { runCase } from '../engine/run-case.ts';
import { UsageError, targetFrom, withConnection, type ConnectionOptions } from './connection-options.ts';
import { allCases } from './select-cases.ts';

export function addExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .argument('<case>', 'the id of a case')
    .description('say what a case is about; with an endpoint, run it and show what went over the wire');
  withConnection(command).action(async (id: string, options: ConnectionOptions) => {
    const definition = (await allCases()).find((one) => one.id === id);
    if (definition === undefined) throw new UsageError(`There is no case ${id}: see s3-conformance list.`);
    process.stdout.write(`${describeCase(definition).join('\n')}\n`);
    if (options.endpoint !== undefined) await show(definition, options);
  });
}

function describeCase(one: ConformanceCase): string[] {
  return [
    one.id,
    `  ${one.title}`,
    `  operation ${one.operation}, feature ${one.feature}, ${one.level}, ${one.severity}, transport ${one.transport}`,
    ...(one.requires.length > 0 ? [`  requires ${one.requires.join(', ')}`] : []),
    ...(one.clients.length > 0 ? [`  breaks ${one.clients.join(', ')}`] : []),
    `  ${one.oracle.kind === 'documented' ? 'documented' : `verified on AWS ${one.oracle.date}`}: ${one.reference}`,
  ];
}

const shownBytes = 2_000;

/** Signatures and session tokens stay out of what people paste into issues. */
function redact(name: string, value: string): string {
  if (name === 'x-amz-security-token') return '…';
  return name === 'authorization' ? value.replace(/(Signature=).*/, '$1…') : value;
}

function redactTarget(target: string): string {
  return target.replace(/(X-Amz-(?:Signature|Security-Token)=)[^&]*/g, '$1…');
}

function shownBody(body: Buffer): string[] {
  if (body.length === 0) return [];
  const text = body.subarray(0, shownBytes).toString('utf8');
  return [`< ${text}${body.length > shownBytes ? `… (${String(body.length)} bytes)` : ''}`];
}

function transcript({ request, response, noResponse, error }: Exchange<unknown>): string[] {
  const sent = Object.entries(request.headers).map(([name, value]) => `> ${name}: ${redact(name, value)}`);
  const head = [`> ${request.method} ${redactTarget(request.target)}`, ...sent];
  if (response === undefined) return [...head, `< (${noResponse ?? 'no response'}: ${error?.message ?? ''})`, ''];
  const received = Object.entries(response.headers).map(([name, value]) => `< ${name}: ${value}`);
  return [...head, `< ${String(response.status)}`, ...received, ...shownBody(response.body), ''];
}

async function show(definition: ConformanceCase, options: ConnectionOptions): Promise<void> {
  const target = targetFrom(options);
  try {
    const lines: string[] = [];
    const result = await runCase(definition, target, (exchange) => lines.push(...transcript(exchange)));
    const cause = result.cause === undefined ? '' : ` (${result.cause})`;
    process.stdout.write(`\n${lines.join('\n')}\n${result.outcome}${cause}: ${result.detail ?? 'as expected'}\n`);
  } finally {
    target.close();
  }
}
