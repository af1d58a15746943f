import type { ConformanceCase } from '../../engine/define-case.ts';
import type { CaseResult } from '../../engine/outcome.ts';
import { filterCases } from '../../engine/profiles.ts';
import { runSuite } from '../../engine/run-suite.ts';
import { Target } from '../../engine/target.ts';
import { startGateway, type RunningGateway } from '../../targets/gateway.ts';
import { flawless } from './building-blocks.ts';
import { startFaultProxy } from './fault-proxy.ts';
import type { Around, Mutant } from './mutant.ts';

/** What the cases say of a mutant. */
export interface MutantReport {
  readonly mutant: Mutant;
  /** Cases that pass on the sound server and fail on this one, in order of id. */
  readonly caught: readonly string[];
  /** The case that is there for the defect is among them. */
  readonly isNamed: boolean;
}

/** The case that names the defect alone; those that the mutant concerns; all. */
export type Scope = 'named' | 'concerned' | 'all';

/** Mutants of one gateway, which is started anew when one of them has left something behind in it. */
export class MutantRuns {
  readonly #cases: readonly ConformanceCase[];
  /** By id: passes on the sound server, behind the same proxy. */
  readonly #isSound = new Map<string, boolean>();
  #gateway: RunningGateway | undefined;
  #runs = 0;

  constructor(cases: readonly ConformanceCase[]) {
    this.#cases = cases;
  }

  async run(mutant: Mutant, scope: Scope): Promise<MutantReport> {
    const cases = this.#casesIn(scope, mutant);
    const failed = (await this.#results(cases, mutant.around)).filter(({ outcome }) => outcome === 'fail');
    const caught = await this.#passingOnSound(failed.map(({ id }) => id));
    return { mutant, caught, isNamed: caught.includes(mutant.caughtBy) };
  }

  #casesIn(scope: Scope, { caughtBy, alsoRun }: Mutant): readonly ConformanceCase[] {
    if (scope === 'all') return this.#cases;
    const naming = this.#cases.find(({ id }) => id === caughtBy);
    if (naming === undefined) throw new Error(`there is no case ${caughtBy}`);
    if (scope === 'named') return [naming];
    const others = alsoRun === undefined ? [] : filterCases(this.#cases, alsoRun.join(','));
    const isNear = (one: ConformanceCase): boolean =>
      one.operation === naming.operation && one.feature === naming.feature;
    return this.#cases.filter((one) => isNear(one) || others.includes(one));
  }

  async stop(): Promise<void> {
    await this.#gateway?.stop();
    this.#gateway = undefined;
  }

  async #passingOnSound(ids: readonly string[]): Promise<string[]> {
    const unknown = this.#cases.filter(({ id }) => ids.includes(id) && !this.#isSound.has(id));
    const results = unknown.length === 0 ? [] : await this.#results(unknown, flawless);
    for (const { id, outcome } of results) this.#isSound.set(id, outcome === 'pass');
    return ids.filter((id) => this.#isSound.get(id) === true);
  }

  async #results(cases: readonly ConformanceCase[], around: Around): Promise<CaseResult[]> {
    this.#gateway ??= await startGateway({ kind: 'local', isRegionStrict: true });
    this.#runs += 1;
    const { targetOptions } = this.#gateway;
    const { endpoint: upstream, credentials, secondCredentials, region } = targetOptions;
    const users = secondCredentials === undefined ? [credentials] : [credentials, secondCredentials];
    const proxy = await startFaultProxy({ upstream, users, region, around });
    const target = new Target({ ...targetOptions, endpoint: proxy.endpoint, runId: `mutant${String(this.#runs)}` });
    try {
      const results = await runSuite(cases, target, { concurrency: 16 });
      if (results.some(({ leftBehind }) => leftBehind.length > 0)) await this.stop();
      return results;
    } finally {
      target.close();
      await proxy.close();
    }
  }
}
