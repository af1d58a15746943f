import type { CaseResult } from './outcome.ts';

/** A refusal by name is no accident, and a timeout takes long enough once. */
function mayBeAccident({ outcome, cause }: CaseResult): boolean {
  return outcome === 'fail' && cause !== 'not-implemented' && cause !== 'timeout';
}

/** What a case that failed, and passed when it was run again, comes to. Loss and corruption are not forgiven. */
function flaky(failed: CaseResult, passed: CaseResult): CaseResult {
  return { ...(failed.severity === 'critical' ? failed : passed), isFlaky: true };
}

/**
 * Runs cases that failed again, each alone, until they pass, at most `retries` times.
 * @returns all of the results, those that then passed with `isFlaky`
 */
export async function rerunFailures(
  results: readonly CaseResult[],
  runAgain: (id: string) => Promise<CaseResult>,
  { retries, signal }: { readonly retries: number; readonly signal: AbortSignal | undefined },
): Promise<CaseResult[]> {
  const settled: CaseResult[] = [];
  for (const result of results) {
    let last = result;
    for (let retry = 0; retry < retries && mayBeAccident(last) && signal?.aborted !== true; retry += 1) {
      const again = await runAgain(result.id);
      last = again.outcome === 'pass' ? flaky(result, again) : result;
      if (last.isFlaky === true) break;
    }
    settled.push(last);
  }
  return settled;
}
