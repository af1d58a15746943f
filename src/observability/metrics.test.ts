import { describe, expect, it } from '@jest/globals';
import { mergeSnapshots, prometheusText } from './metric-snapshot.ts';
import { metricsPage } from './metrics.ts';
import { processMetrics } from './process-metrics.ts';
import { RequestCounts } from './request-counts.ts';

function countsOf(...requests: [operation: string, code: string, seconds: number][]): RequestCounts {
  const counts = new RequestCounts();
  for (const [operation, code, seconds] of requests) counts.requestFinished({ operation, code, seconds });
  return counts;
}

describe('the metrics page', () => {
  const first = countsOf(['GetObject', '200', 0.002], ['GetObject', '404', 0.3], ['PutObject', '200', 400]);
  const second = countsOf(['GetObject', '200', 0.001]);
  first.bytes('in', 10);
  second.bytes('in', 5);
  second.bytes('out', 7);
  const retired = mergeSnapshots([countsOf(['GetObject', '200', 1]).snapshot()]);
  const process = [
    { counts: first.snapshot(), process: [] },
    { counts: second.snapshot(), process: [] },
  ];
  const page = metricsPage(process, retired);

  it.each([
    's3g_requests_total{operation="GetObject",code="200"} 3',
    's3g_requests_total{operation="GetObject",code="404"} 1',
    's3g_requests_total{operation="PutObject",code="200"} 1',
    's3g_bytes_total{direction="in"} 15',
    's3g_bytes_total{direction="out"} 7',
    's3g_request_duration_seconds_bucket{le="0.001",operation="GetObject"} 1',
    's3g_request_duration_seconds_bucket{le="0.0025",operation="GetObject"} 2',
    's3g_request_duration_seconds_bucket{le="1",operation="GetObject"} 4',
    's3g_request_duration_seconds_bucket{le="300",operation="PutObject"} 0',
    's3g_request_duration_seconds_bucket{le="+Inf",operation="PutObject"} 1',
    's3g_request_duration_seconds_count{operation="GetObject"} 4',
    's3g_request_duration_seconds_sum{operation="PutObject"} 400',
  ])('adds up all processes, also those that are no more: %s', (line) => {
    expect(page.split('\n')).toContain(line);
  });

  it('tells each metric once', () => {
    const types = page.split('\n').filter((line) => line.startsWith('# TYPE '));
    expect(types).toEqual([
      '# TYPE s3g_requests_total counter',
      '# TYPE s3g_request_duration_seconds histogram',
      '# TYPE s3g_bytes_total counter',
    ]);
  });
});

describe('metrics of processes', () => {
  it('are labelled with the name of each', async () => {
    const snapshots = await Promise.all(
      ['primary', 'worker-1'].map(async (name) => ({ counts: [], process: await processMetrics(name).snapshot() })),
    );
    const page = metricsPage(snapshots, []);
    expect(page).toMatch(/^process_resident_memory_bytes\{process="primary"\} \d+$/m);
    expect(page).toMatch(/^process_resident_memory_bytes\{process="worker-1"\} \d+$/m);
    expect(page.match(/^# TYPE process_resident_memory_bytes gauge$/gm)).toHaveLength(1);
  });
});

it('labels and numbers are written as Prometheus reads them', () => {
  const values = [
    { labels: { text: 'a"b\\c\nd' }, value: Infinity },
    { labels: {}, value: -Infinity },
    { labels: { n: 1 }, value: NaN },
  ];
  const text = prometheusText([{ name: 'm', help: 'h', type: 'gauge', values }]);
  expect(text).toBe('# HELP m h\n# TYPE m gauge\nm{text="a\\"b\\\\c\\nd"} +Inf\nm -Inf\nm{n="1"} NaN\n');
});
