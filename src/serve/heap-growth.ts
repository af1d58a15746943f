import { setFlagsFromString } from 'node:v8';

/** How much larger than what is alive the heap may get, in percent, before V8 marks all of it. */
const growthPercent = 300;

/**
 * V8 counts the network's buffers, 64 KiB each and dead at once, toward a limit that it sets close above a small heap:
 * one body of 1 GiB made it mark the whole heap 80 times, a third of all processor time.
 */
export function letHeapGrow(): void {
  setFlagsFromString(`--heap-growing-percent=${String(growthPercent)}`);
}
