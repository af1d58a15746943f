export interface StopSignals {
  readonly stop: Promise<void>;
  /** The second time somebody asks, they do not want to wait. */
  readonly stopAtOnce: Promise<void>;
}

/** npm passes Ctrl-C on to a process that the terminal has told already. */
const sameRequestMs = 300;

export function untilStopSignal(): StopSignals {
  const resolvers: (() => void)[] = [];
  const next = () => new Promise<void>((resolve) => resolvers.push(resolve));
  const signals = { stop: next(), stopAtOnce: next() };
  let lastAt = -Infinity;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const isNew = performance.now() - lastAt > sameRequestMs;
      if (isNew) resolvers.shift()?.();
      lastAt = performance.now();
    });
  }
  return signals;
}
