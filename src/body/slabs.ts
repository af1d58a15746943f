/** Large bodies are handed on in pieces of this size: fewer writes than network chunks would make. */
export const slabBytes = 256 * 1024;

/** What every body gets while many are in transfer: then memory counts more than the number of writes. */
const smallSlabBytes = 64 * 1024;
const maxLargeSlabs = 64;
const kept: Buffer[] = [];
let largeInUse = 0;

/** Memory to be given back: new memory costs more than filling it. */
export function takeSlab(): Buffer {
  if (largeInUse >= maxLargeSlabs) return Buffer.allocUnsafeSlow(smallSlabBytes);
  largeInUse += 1;
  return kept.pop() ?? Buffer.allocUnsafeSlow(slabBytes);
}

export function giveSlab(slab: Buffer): void {
  if (slab.length !== slabBytes) return;
  largeInUse -= 1;
  kept.push(slab);
}
