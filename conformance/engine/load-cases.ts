import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { definedCases, type ConformanceCase } from './define-case.ts';

/**
 * Imports every file under cases/, so that each registers its cases: nobody keeps a list.
 * Works on the sources under jest and on the build alike: the extension is this file's own.
 */
export async function loadCases(): Promise<readonly ConformanceCase[]> {
  const extension = extname(import.meta.url);
  const root = new URL('../cases/', import.meta.url);
  const names = await readdir(fileURLToPath(root), { recursive: true });
  const files = names.filter((name) => name.endsWith(extension) && !/\.(test|d)\.[jt]s$/.test(name)).sort();
  for (const file of files) await import(new URL(file.replaceAll('\\', '/'), root).href);
  return definedCases().toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
