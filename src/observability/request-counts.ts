import type { MetricSample, MetricSnapshot } from './metric-snapshot.ts';

export interface FinishedRequest {
  readonly operation: string;
  /** The HTTP status. */
  readonly code: string;
  readonly seconds: number;
}

const bucketSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

interface OperationCounts {
  readonly byCode: Map<string, number>;
  /** Of the durations from the bucket before up to this one; the last holds what is above all. */
  readonly buckets: number[];
  sumSeconds: number;
  count: number;
}

/** Counts requests in plain numbers: the price of a request is two look-ups and a short walk. */
export class RequestCounts {
  private readonly operations = new Map<string, OperationCounts>();
  private readonly bytesBy = { in: 0, out: 0 };

  requestFinished({ operation, code, seconds }: FinishedRequest): void {
    const counts = this.operations.get(operation) ?? this.begin(operation);
    counts.byCode.set(code, (counts.byCode.get(code) ?? 0) + 1);
    let bucket = 0;
    while (bucket < bucketSeconds.length && seconds > (bucketSeconds[bucket] ?? 0)) bucket += 1;
    counts.buckets[bucket] = (counts.buckets[bucket] ?? 0) + 1;
    counts.sumSeconds += seconds;
    counts.count += 1;
  }

  bytes(direction: 'in' | 'out', count: number): void {
    this.bytesBy[direction] += count;
  }

  snapshot(): readonly MetricSnapshot[] {
    const operations = [...this.operations];
    return [
      {
        name: 's3g_requests_total',
        help: 'Requests finished, by S3 operation and HTTP status.',
        type: 'counter',
        values: operations.flatMap(([operation, { byCode }]) =>
          [...byCode].map(([code, value]) => ({ labels: { operation, code }, value })),
        ),
      },
      {
        name: 's3g_request_duration_seconds',
        help: 'Time from the first filter to the last byte of the answer.',
        type: 'histogram',
        values: operations.flatMap(([operation, counts]) => histogram(operation, counts)),
      },
      {
        name: 's3g_bytes_total',
        help: 'Bytes of request and response bodies.',
        type: 'counter',
        values: [
          { labels: { direction: 'in' }, value: this.bytesBy.in },
          { labels: { direction: 'out' }, value: this.bytesBy.out },
        ],
      },
    ];
  }

  private begin(operation: string): OperationCounts {
    const buckets = Array.from({ length: bucketSeconds.length + 1 }, () => 0);
    const counts = { byCode: new Map<string, number>(), buckets, sumSeconds: 0, count: 0 };
    this.operations.set(operation, counts);
    return counts;
  }
}

function histogram(operation: string, counts: OperationCounts): readonly MetricSample[] {
  const metricName = (suffix: string) => `s3g_request_duration_seconds_${suffix}`;
  let upToHere = 0;
  return [
    ...counts.buckets.map((count, index) => {
      upToHere += count;
      const le = bucketSeconds[index] ?? '+Inf';
      return { labels: { le, operation }, value: upToHere, metricName: metricName('bucket') };
    }),
    { labels: { operation }, value: counts.sumSeconds, metricName: metricName('sum') },
    { labels: { operation }, value: counts.count, metricName: metricName('count') },
  ];
}
