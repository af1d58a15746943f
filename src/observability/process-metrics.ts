import { collectDefaultMetrics, Registry } from 'prom-client';
import type { MetricSnapshot } from './metric-snapshot.ts';

export interface ProcessMetrics {
  snapshot(): Promise<readonly MetricSnapshot[]>;
}

/** Memory, CPU time, event loop and garbage collection of this process, each labelled with its name. */
export function processMetrics(name: string): ProcessMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process: name });
  collectDefaultMetrics({ register: registry });
  return {
    snapshot: async () => {
      const metrics = (await registry.getMetricsAsJSON()) as unknown as MetricSnapshot[];
      return metrics.map(({ name: metric, help, type, values }) => ({ name: metric, help, type, values }));
    },
  };
}
