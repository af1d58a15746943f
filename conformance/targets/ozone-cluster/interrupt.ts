const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof signals)[number];

const cleanUps = new Set<() => Promise<void>>();
let isEnding = false;

/** What must not outlive the process when it is told to end; the last that was added goes first. Returns how to take it back. */
export function onInterrupt(cleanUp: () => Promise<void>): () => void {
  if (cleanUps.size === 0) for (const signal of signals) process.on(signal, endAfterCleanUp);
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
    if (cleanUps.size === 0 && !isEnding) stopListening();
  };
}

export function isInterrupted(): boolean {
  return isEnding;
}

function stopListening(): void {
  for (const signal of signals) process.removeListener(signal, endAfterCleanUp);
}

function endAfterCleanUp(signal: Signal): void {
  if (isEnding) return;
  isEnding = true;
  void (async () => {
    for (const cleanUp of [...cleanUps].reverse()) {
      try {
        await cleanUp();
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
    stopListening();
    // Ends it as the signal would have, so that who waits for it sees why.
    process.kill(process.pid, signal);
  })();
}
