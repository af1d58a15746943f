/** Large bodies are handed on in pieces of this size: fewer writes than network chunks would make. */
export const slabBytes = 256 * 1024;

const maxKept = 32;
const kept: Buffer[] = [];

/** Memory of `slabBytes`, to be given back: new memory costs more than filling it. */
export function takeSlab(): Buffer {
  return kept.pop() ?? Buffer.allocUnsafeSlow(slabBytes);
}

export function giveSlab(slab: Buffer): void {
  if (kept.length < maxKept) kept.push(slab);
}
