import type { ConformanceCase } from '../engine/define-case.ts';
import type { CaseResult } from '../engine/outcome.ts';
import type { Versions } from './versions.ts';

/** Who made the server, as the one who runs the suite says it. */
export interface Implementation {
  readonly organization?: string;
  readonly project?: string;
  readonly url?: string;
  readonly version?: string;
  readonly contact?: string;
}

/** A finished run: what the reports are made from. */
export interface RunRecord {
  readonly versions: Versions;
  readonly implementation: Implementation;
  readonly endpoint: URL;
  readonly region: string;
  readonly profile: string;
  readonly filter: string | undefined;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Stopped before all cases were run. */
  readonly isInterrupted: boolean;
  readonly cases: readonly ConformanceCase[];
  readonly results: readonly CaseResult[];
  /** What could not be removed after all cases, besides what their results name. */
  readonly leftBehind?: readonly string[];
}
