/** A metric of one process, in the form in which it travels to the primary process. */
export interface MetricSnapshot {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly values: readonly MetricSample[];
}

export interface MetricSample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** Where it is not the metric's own: `..._bucket`, `..._sum`, `..._count`. */
  readonly metricName?: string;
}

/** Adds up samples of the same name and labels, and keeps the order in which they first came. */
export function mergeSnapshots(snapshots: Iterable<readonly MetricSnapshot[]>): readonly MetricSnapshot[] {
  const metrics = new Map<string, { first: MetricSnapshot; samples: Map<string, MetricSample> }>();
  for (const metric of [...snapshots].flat()) {
    const merged = metrics.get(metric.name) ?? { first: metric, samples: new Map<string, MetricSample>() };
    metrics.set(metric.name, merged);
    for (const sample of metric.values) {
      const id = `${sample.metricName ?? ''} ${JSON.stringify(sample.labels)}`;
      const before = merged.samples.get(id)?.value ?? 0;
      merged.samples.set(id, { ...sample, value: before + sample.value });
    }
  }
  return [...metrics.values()].map(({ first, samples }) => ({ ...first, values: [...samples.values()] }));
}

/** Source: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function prometheusText(metrics: readonly MetricSnapshot[]): string {
  return metrics.map(metricText).join('');
}

function metricText(metric: MetricSnapshot): string {
  const lines = metric.values.map(({ labels, metricName, value }) => {
    const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escapeLabel(String(text))}"`);
    const braces = pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
    return `${metricName ?? metric.name}${braces} ${numberText(value)}\n`;
  });
  return `# HELP ${metric.name} ${metric.help}\n# TYPE ${metric.name} ${metric.type}\n${lines.join('')}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
