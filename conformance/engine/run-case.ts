import { setMaxListeners } from 'node:events';
import type { ConformanceCase } from './define-case.ts';
import type { Exchange } from './exchange.ts';
import { CaseBlocked, CaseFailure } from './failure.ts';
import type { CaseKind, CaseResult, Cause, Outcome } from './outcome.ts';
import { RunningCase } from './running-case.ts';
import type { Target } from './target.ts';

interface Ending {
  readonly outcome: Outcome;
  readonly cause: Cause | undefined;
  readonly detail: string | undefined;
}

const passed: Ending = { outcome: 'pass', cause: undefined, detail: undefined };

/** A skipped case: the capability it lacks is its detail. */
export function skippedResult(definition: ConformanceCase, detail: string): CaseResult {
  const ending: Ending = { outcome: 'skipped', cause: undefined, detail };
  return {
    ...describe(definition, definition.probe ? 'probe' : 'positive'),
    ...ending,
    durationMs: 0,
    inputMembers: [],
    outputMembers: [],
    leftBehind: [],
  };
}

/** Runs one case to its end, cleans up after it, and says what came of it. Never throws. `onExchange` sees all its requests. */
export async function runCase(
  definition: ConformanceCase,
  target: Target,
  onExchange?: (exchange: Exchange<unknown>) => void,
): Promise<CaseResult> {
  const startedAt = performance.now();
  const deadline = AbortSignal.timeout(definition.timeoutMs * target.timeoutFactor);
  setMaxListeners(0, deadline); // one for each request of the case
  const running = new RunningCase(target, deadline, onExchange, definition.operation);
  const ending = await execute(definition, running);
  const durationMs = Math.round(performance.now() - startedAt);
  const leftBehind = await running.cleanup.run();
  const kind: CaseKind = definition.probe ? 'probe' : (running.kind ?? 'positive');
  return {
    ...describe(definition, kind),
    ...ending,
    durationMs,
    inputMembers: running.members.sent,
    outputMembers: running.members.asserted,
    leftBehind,
  };
}

async function execute(definition: ConformanceCase, running: RunningCase): Promise<Ending> {
  try {
    await Promise.race([definition.run(running), expiry(running.signal)]);
  } catch (thrown) {
    return endingOf(thrown, running);
  }
  if (running.softFailures.length > 0) return failed(running.softFailures);
  if (running.assertions === 0) return { outcome: 'error', cause: undefined, detail: 'the case asserts nothing' };
  if (definition.probe && running.refusedCleanly) return { ...passed, cause: 'not-implemented' };
  return passed;
}

function endingOf(thrown: unknown, running: RunningCase): Ending {
  if (thrown instanceof CaseFailure) return failed([...running.softFailures, thrown]);
  if (running.softFailures.length > 0) return failed(running.softFailures);
  if (thrown instanceof CaseBlocked) {
    return { outcome: 'blocked', cause: thrown.causeOfFailure, detail: thrown.message };
  }
  if (thrown instanceof DeadlineExceeded) {
    if (running.hasSubject) return { outcome: 'fail', cause: 'timeout', detail: 'no answer within the time limit' };
    return { outcome: 'blocked', cause: 'timeout', detail: 'set-up: no answer within the time limit' };
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { outcome: 'error', cause: undefined, detail };
}

/** Damage outweighs everything; otherwise what failed first is the reason. */
function failed(failures: readonly CaseFailure[]): Ending {
  const worst = failures.find((failure) => failure.causeOfFailure === 'state-damaged') ?? failures[0];
  const detail = failures.map((failure) => failure.message).join('; ');
  return { outcome: 'fail', cause: worst?.causeOfFailure, detail };
}

class DeadlineExceeded extends Error {}

/** Leaves a running request a moment to report the abort itself, then gives up on the case. */
function expiry(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () =>
        setTimeout(() => {
          reject(new DeadlineExceeded());
        }, 250).unref(),
      { once: true },
    );
  });
}

function describe(
  definition: ConformanceCase,
  kind: CaseKind,
): Pick<CaseResult, 'id' | 'title' | 'operation' | 'feature' | 'level' | 'severity' | 'kind'> {
  const { id, title, operation, feature, level, severity } = definition;
  return { id, title, operation, feature, level, severity, kind };
}
