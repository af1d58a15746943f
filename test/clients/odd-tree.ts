import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const oddNames = [
  'two words',
  ' leading and trailing ',
  'a+b',
  '100%',
  'percent%20escaped%2Fslash',
  'percent%zz',
  'grüße',
  'gru\u0308ße decomposed',
  '日本語',
  'astral 😀 𝒳',
  'private use \ue000 before \u{10000}',
  'quote\'s "double"',
  'amp & entity &amp; &lt;tag>',
  'question?query=1',
  'hash#fragment',
  'semi;colon=equals,comma@at:colon',
  'brackets [a] {b} (c)',
  'tilde~caret^pipe|dollar$',
  '-dash-first',
  '.hidden',
  'dots...',
  'ÿ and \u00a0 no-break space',
  'backtick`exclamation!',
  'very-' + 'long-'.repeat(40) + 'name',
];

function bodyOf(name: string, index: number): Buffer {
  // Most are small, one in fifty is large enough to be kept in a file of its own, some are empty.
  const size = index % 50 === 7 ? 300_000 : (index * 37) % 2000;
  const seed = createHash('sha256').update(name).digest();
  return Buffer.alloc(size, seed);
}

/** Writes `count` files with names that are hard on encodings, some directories deep. */
export async function writeOddTree(root: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const odd = oddNames[index % oddNames.length] ?? '';
    const directory = index % 3 === 0 ? '' : (oddNames[Math.floor(index / oddNames.length) % oddNames.length] ?? '');
    const name = join(directory, `${odd}.${index}`);
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bodyOf(name, index));
  }
}
