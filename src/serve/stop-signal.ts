export interface StopSignals {
  readonly stop: Promise<void>;
  /** The second time somebody asks, they do not want to wait. */
  readonly stopAtOnce: Promise<void>;
}

export function untilStopSignal(): StopSignals {
  let count = 0;
  const resolvers: (() => void)[] = [];
  const next = () => new Promise<void>((resolve) => resolvers.push(resolve));
  const signals = { stop: next(), stopAtOnce: next() };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      resolvers[count]?.();
      count += 1;
    });
  }
  return signals;
}
