import type { Measured } from './measure.ts';
import type { Row } from './rows.ts';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface EndpointResult extends Spread {
  /** In the row's unit, one a round. */
  readonly rates: readonly number[];
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One row of the table: what each endpoint reached, and the first of them against the fastest of the others. */
export interface RowResult {
  readonly row: string;
  readonly title: string;
  readonly unit: string;
  readonly clients: number;
  readonly seconds: number;
  readonly endpoints: Readonly<Record<string, EndpointResult>>;
  /** The first endpoint's rates over each other's. */
  readonly ratios: Readonly<Record<string, Spread>>;
  /** The fastest of the others as they come, by its median. */
  readonly fastestPeer?: string;
  /** The ratio to the fastest peer that is aimed at. */
  readonly reach?: number;
}

/** Ends the name of a peer that runs with more than its defaults: shown, but not what the bounds are about. */
export const tunedSuffix = '-keep-alive';

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

function endpointResult(row: Row, rounds: readonly Measured[]): EndpointResult {
  const rates = rounds.map(({ count, seconds }) => (count * row.weight) / seconds);
  return {
    ...spreadOf(rates),
    rates,
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
  };
}

/** `measured`: each endpoint's rounds, the endpoint to judge first. */
export function rowResult(row: Row, seconds: number, measured: ReadonlyMap<string, readonly Measured[]>): RowResult {
  const results = [...measured].map(([peer, rounds]) => [peer, endpointResult(row, rounds)] as const);
  const [ours, ...peers] = results;
  const asTheyCome = peers.filter(([peer]) => !peer.endsWith(tunedSuffix));
  const fastest = asTheyCome.toSorted(([, a], [, b]) => b.median - a.median)[0]?.[0];
  // Rounds of the same number ran one after the other, so that a slow spell of the machine hits both.
  const ratios = peers.map(([peer, { rates }]) => {
    const perRound = rates.map((rate, round) => (ours?.[1].rates[round] ?? Number.NaN) / rate);
    return [peer, spreadOf(perRound)] as const;
  });
  const { name, title, unit, clients, reach } = row;
  return {
    ...{ row: name, title, unit, clients, seconds },
    endpoints: Object.fromEntries(results),
    ratios: Object.fromEntries(ratios),
    ...(fastest === undefined ? {} : { fastestPeer: fastest }),
    ...(reach === undefined ? {} : { reach }),
  };
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 1 : 2);
}

function withSpread({ median: middle, min, max }: Spread): string {
  return `${figure(middle)} (${figure(min)}..${figure(max)})`;
}

function verdict({ ratios, fastestPeer, reach }: RowResult): string {
  const ratio = fastestPeer === undefined ? undefined : ratios[fastestPeer];
  if (ratio === undefined || reach === undefined) return '';
  return `${reach}: ${ratio.median >= reach ? 'reached' : 'missed'}`;
}

/** Median (lowest..highest round) of every endpoint and every ratio; the ratio to the fastest peer stands out. */
export function markdownTable(results: readonly RowResult[]): string {
  const names = Object.keys(results[0]?.endpoints ?? {});
  const head = ['', 'unit', 'clients', ...names, ...names.slice(1).map((name) => `to ${name}`), 'to reach'];
  const lines = results.map((result) => [
    result.title,
    result.unit,
    String(result.clients),
    ...Object.values(result.endpoints).map(withSpread),
    ...Object.entries(result.ratios).map(([peer, ratio]) =>
      peer === result.fastestPeer ? `**${withSpread(ratio)}**` : withSpread(ratio),
    ),
    verdict(result),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
