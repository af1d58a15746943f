import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../catalogue.ts';
import { causeOfRefusal, describeAnswer, isCleanRefusal, isSuccess } from '../engine/cause.ts';
import { completeCase, type ConformanceCase } from '../engine/define-case.ts';
import type { Exchange } from '../engine/exchange.ts';
import { CaseBlocked, CaseFailure } from '../engine/failure.ts';
import type { CaseContext } from '../engine/case-context.ts';
import { probeCommand, probeOptions } from './command.ts';
import { isDocumentedDecline, isOwnAnswer, observeDelete, observePut, type WriteObservation } from './effect.ts';
import type { Subject } from '../engine/subject.ts';
import type { ProbeAim } from './inputs.ts';
import { makeFixture, takeSnapshot, type Fixture, type Snapshot } from './fixture.ts';

/** What the engine lets generated probes say besides. */
interface ProbeContext extends CaseContext {
  asserted(kind: 'probe'): void;
  refusedCleanly: boolean;
}

/**
 * The two generated cases of an operation that has no hand-written ones:
 *
 * `<Operation>.do-no-harm.clean-refusal`: 501 NotImplemented, or 405 MethodNotAllowed, as S3's error document; or the
 * operation is there. A 2xx alone does not show that: a read must answer with a document of its own, a write must change what
 * the read of the same sub-resource shows; otherwise the 2xx counts as `ignored`. A refusal that AWS documents for an
 * unprepared bucket (a 404 NoSuch…Configuration, say) is an answer of its own too.
 *
 * `<Operation>.do-no-harm.nothing-changed`: whatever the answer, an object with its metadata and tags, its bucket, and an
 * empty bucket are the same as before.
 */
export function probesFor(operation: Operation): ConformanceCase[] {
  return [
    defineProbe(operation, 'clean-refusal', (t) => probeRefusal(t, operation)),
    defineProbe(operation, 'nothing-changed', (t) => probeHarm(t, operation)),
  ];
}

/** The refusal alone, aimed at a bucket that does not exist: says something only when the operation is refused by name. */
export function bareRefusalProbe(operation: Operation): ConformanceCase {
  const blocked = new CaseBlocked('no case of the operation could be run, and it is not refused by name');
  return defineProbe(operation, 'clean-refusal', (t) => probeWithoutFixture(t, operation, blocked));
}

const titles = {
  'clean-refusal': 'is refused by name, or does what it says',
  'nothing-changed': 'leaves objects and buckets as they were',
} as const;

function defineProbe(
  operation: Operation,
  condition: keyof typeof titles,
  run: (t: ProbeContext) => Promise<void>,
): ConformanceCase {
  const definition = {
    id: `${operation.name}.do-no-harm.${condition}`,
    title: titles[condition],
    operation: operation.name,
    feature: 'do-no-harm',
    level: 'core',
    severity: 'critical',
    reference: `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${operation.name}.html`,
    run: (t: CaseContext) => run(t as ProbeContext),
  } as const;
  return completeCase(definition, true);
}

async function probeRefusal(t: ProbeContext, operation: Operation): Promise<void> {
  const fixture = await fixtureOrBlock(t);
  if (fixture instanceof CaseBlocked) {
    if (fixture.causeOfFailure !== 'not-implemented') throw fixture;
    await probeWithoutFixture(t, operation, fixture);
    return;
  }
  const { exchange, hasEffect } = await observe(t, operation, fixture);
  t.asserted('probe');
  t.refusedCleanly = isCleanRefusal(exchange);
  if (t.refusedCleanly || hasEffect || isDocumentedDecline(operation, exchange)) return;
  const message = `expected a refusal by name or an effect, got ${describeAnswer(exchange)}`;
  throw new CaseFailure(isSuccess(exchange) ? causeOfHollowSuccess(operation) : causeOfRefusal(exchange), message);
}

function causeOfHollowSuccess(operation: Operation): 'wrong-body' | 'ignored' {
  return operation.method === 'GET' ? 'wrong-body' : 'ignored';
}

function probe(t: CaseContext, operation: Operation, aim: ProbeAim): Promise<Subject<unknown>> {
  return t.subject(probeCommand(operation, aim), probeOptions(operation, t.target));
}

async function observe(t: ProbeContext, operation: Operation, fixture: Fixture): Promise<WriteObservation> {
  const send = async (): Promise<Exchange<unknown>> => (await probe(t, operation, fixture)).exchange;
  if (operation.method === 'PUT') return observePut(t, operation, fixture, send);
  if (operation.method === 'DELETE') return observeDelete(t, operation, fixture, send);
  const exchange = await send();
  // Select answers with data; the other POSTs show nothing of what they do.
  const isRead = operation.method === 'GET' || operation.name === 'SelectObjectContent';
  return { exchange, hasEffect: isRead && isSuccess(exchange) && isOwnAnswer(operation, exchange) };
}

async function fixtureOrBlock(t: ProbeContext): Promise<Fixture | CaseBlocked> {
  try {
    return await makeFixture(t);
  } catch (error) {
    if (error instanceof CaseBlocked) return error;
    throw error;
  }
}

/** On a server that refuses even buckets by name, the refusal of this operation can still be seen; nothing else can. */
async function probeWithoutFixture(t: ProbeContext, operation: Operation, blocked: CaseBlocked): Promise<void> {
  const { exchange } = await probe(t, operation, { bucket: t.bucketName(), key: 'absent' });
  t.asserted('probe');
  t.refusedCleanly = isCleanRefusal(exchange);
  if (!t.refusedCleanly) throw blocked;
}

async function probeHarm(t: ProbeContext, operation: Operation): Promise<void> {
  const fixture = await makeFixture(t);
  const before = await takeSnapshot((command) => t.look(command), fixture);
  await probe(t, operation, fixture);
  if (operation.resource === 'bucket') {
    await probe(t, operation, { bucket: fixture.emptyBucket, key: fixture.key });
  }
  const after = await takeSnapshot((command) => t.look(command), fixture);
  t.asserted('probe');
  const changed = Object.keys(before).filter((part) => !isDeepStrictEqual(before[part], after[part]));
  if (changed.length > 0) throw new CaseFailure('state-damaged', `changed: ${describeChanges(changed, before, after)}`);
}

function describeChanges(parts: readonly string[], before: Snapshot, after: Snapshot): string {
  const shown = (value: unknown): string => (JSON.stringify(value) as string | undefined)?.slice(0, 300) ?? 'nothing';
  return parts.map((part) => `${part} was ${shown(before[part])}, is ${shown(after[part])}`).join('; ');
}
