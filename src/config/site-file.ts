import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childNamed, childrenNamed, parseXml } from '../xml/read.ts';

export interface SiteFile {
  readonly path: string;
  /** As they stand there, references not replaced; of a name that stands there twice the last, as in Hadoop. */
  readonly properties: ReadonlyMap<string, string>;
}

/** Reads `ozone-site.xml` of a configuration directory. Throws an Error that says which file cannot be read, and why. */
export function readSiteFile(confDir: string): SiteFile {
  const path = join(confDir, 'ozone-site.xml');
  try {
    return { path, properties: propertiesOf(readFileSync(path, 'utf8')) };
  } catch (error) {
    throw new Error(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function propertiesOf(text: string): ReadonlyMap<string, string> {
  const root = rootOf(text);
  if (root.name !== 'configuration') throw new Error(`its root element is ${root.name}, not configuration`);
  const properties = new Map<string, string>();
  for (const property of childrenNamed(root, 'property')) {
    const name = childNamed(property, 'name')?.text.trim() ?? '';
    const value = childNamed(property, 'value')?.text.trim() ?? '';
    if (name !== '') properties.set(name, value);
  }
  return properties;
}

function rootOf(text: string): ReturnType<typeof parseXml> {
  try {
    return parseXml(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // What it says is for clients of S3.
    throw new Error('it is not well-formed XML', { cause: error });
  }
}
