import { shuffled } from '../../engine/shuffle.ts';
import { allMutants } from './all-mutants.ts';
import type { Mutant } from './mutant.ts';

const tenths = 10;

/** A tenth of all mutants. Ten seeds from a multiple of ten on take each mutant once; the next ten mix them anew. */
export function tenthOfMutants(seed: number): readonly Mutant[] {
  const mixed = shuffled(allMutants, Math.floor(seed / tenths));
  return mixed.filter((_, index) => index % tenths === seed % tenths);
}

/** One seed a day, so that each mutant has its turn. */
export function seedOf(date: Date): number {
  return Math.floor(date.getTime() / 86_400_000);
}
