import type { Capability } from '../capabilities.ts';
import type { OperationName } from '../catalogue.ts';
import type { Feature } from '../features.ts';
import type { CaseContext } from './case-context.ts';
import type { Level, Severity } from './outcome.ts';

/** Where the expectation comes from. `documented` rests on the AWS page in `reference`. */
export type Oracle =
  | { readonly kind: 'documented' }
  | { readonly kind: 'aws-verified'; readonly date: string; readonly region: string; readonly run: string };

/** bucket: makes its own bucket; shared: reads fixtures only; serial: alone, nothing else runs meanwhile. */
export type Isolation = 'bucket' | 'shared' | 'serial';

export interface CaseDefinition {
  /** `Operation.feature.condition`, stable, never reused. */
  readonly id: string;
  readonly operation: OperationName;
  readonly feature: Feature;
  readonly level: Level;
  readonly severity: Severity;
  /** One plain sentence for reports; made from the id when absent. */
  readonly title?: string;
  readonly requires?: readonly Capability[];
  /** The AWS page that documents the expectation. */
  readonly reference: string;
  readonly oracle?: Oracle;
  /** Clients that break when this fails; also the consumer profiles the case belongs to. */
  readonly clients?: readonly string[];
  readonly transport?: 'sdk' | 'sdk-http' | 'raw';
  /** Default 20,000. */
  readonly timeoutMs?: number;
  readonly isolation?: Isolation;
  readonly run: (t: CaseContext) => Promise<void>;
}

export interface ConformanceCase extends CaseDefinition {
  readonly title: string;
  readonly requires: readonly Capability[];
  readonly oracle: Oracle;
  readonly clients: readonly string[];
  readonly transport: 'sdk' | 'sdk-http' | 'raw';
  readonly timeoutMs: number;
  readonly isolation: Isolation;
  /** Set on generated do-no-harm probes. */
  readonly probe: boolean;
}

const defined: ConformanceCase[] = [];

/** `PutObject.if-none-match.existing-key` -> `if none match, existing key` */
function titleFrom(id: string): string {
  return id.split('.').slice(1).join(', ').replaceAll('-', ' ');
}

export function completeCase(definition: CaseDefinition, probe = false): ConformanceCase {
  return {
    ...definition,
    title: definition.title ?? titleFrom(definition.id),
    requires: definition.requires ?? [],
    oracle: definition.oracle ?? { kind: 'documented' },
    clients: definition.clients ?? [],
    transport: definition.transport ?? 'sdk',
    timeoutMs: definition.timeoutMs ?? 20_000,
    isolation: definition.isolation ?? 'bucket',
    probe,
  };
}

/** Registers one case; call it at the top level of a file under cases/. */
export function defineCase(definition: CaseDefinition): void {
  defined.push(completeCase(definition));
}

/** Registers one case for each row; each row has its own id, so that counts are honest. */
export function defineTable<Row>(rows: readonly Row[], toCase: (row: Row) => CaseDefinition): void {
  for (const row of rows) defineCase(toCase(row));
}

/** The cases registered so far, in order of registration. */
export function definedCases(): readonly ConformanceCase[] {
  return defined;
}
