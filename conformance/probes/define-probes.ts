import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../catalogue.ts';
import { causeOfRefusal, describeAnswer, isCleanRefusal, isSuccess } from '../engine/cause.ts';
import { completeCase, type ConformanceCase } from '../engine/define-case.ts';
import type { Exchange } from '../engine/exchange.ts';
import { CaseBlocked, CaseFailure } from '../engine/failure.ts';
import type { CaseContext } from '../engine/case-context.ts';
import { probeCommand } from './command.ts';
import { isDocumentedDecline, isOwnAnswer, observeDelete, observePut, type WriteObservation } from './effect.ts';
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
  const shared = {
    operation: operation.name,
    feature: 'do-no-harm',
    level: 'core',
    severity: 'critical',
    reference: `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${operation.name}.html`,
    isolation: 'bucket',
  } as const;
  const refusal = completeCase(
    {
      ...shared,
      id: `${operation.name}.do-no-harm.clean-refusal`,
      title: 'is refused by name, or does what it says',
      run: (t) => probeRefusal(t as ProbeContext, operation),
    },
    true,
  );
  const harm = completeCase(
    {
      ...shared,
      id: `${operation.name}.do-no-harm.nothing-changed`,
      title: 'leaves objects and buckets as they were',
      run: (t) => probeHarm(t as ProbeContext, operation),
    },
    true,
  );
  return [refusal, harm];
}

async function probeRefusal(t: ProbeContext, operation: Operation): Promise<void> {
  const fixture = await fixtureOrBlock(t);
  if (fixture instanceof CaseBlocked) return probeWithoutFixture(t, operation, fixture);
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

async function observe(t: ProbeContext, operation: Operation, fixture: Fixture): Promise<WriteObservation> {
  const send = async (): Promise<Exchange<unknown>> => (await t.subject(probeCommand(operation, fixture))).exchange;
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
  if (blocked.causeOfFailure !== 'not-implemented') throw blocked;
  const { exchange } = await t.subject(probeCommand(operation, { bucket: t.bucketName(), key: 'absent' }));
  t.asserted('probe');
  t.refusedCleanly = isCleanRefusal(exchange);
  if (!t.refusedCleanly) throw blocked;
}

async function probeHarm(t: ProbeContext, operation: Operation): Promise<void> {
  const fixture = await makeFixture(t);
  const before = await takeSnapshot((command) => t.look(command), fixture);
  await t.subject(probeCommand(operation, fixture));
  if (operation.resource === 'bucket') {
    await t.subject(probeCommand(operation, { bucket: fixture.emptyBucket, key: fixture.key }));
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
