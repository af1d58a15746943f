import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { s3ErrorCodes } from '../src/errors/codes.ts';
import { generatedPages } from './docs-pages.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'errors/codes.ts')
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

describe('generated pages', () => {
  it('are current: else `npm run docs`', async () => {
    for (const [path, text] of await generatedPages()) expect([path, readFileSync(path, 'utf8')]).toEqual([path, text]);
  });
});

describe('the error table', () => {
  const codes = Object.keys(s3ErrorCodes);

  it.each(codes)('%s is thrown somewhere', (code) => {
    expect(sources).toContain(`'${code}'`);
  });

  it('has every code that is thrown', () => {
    const thrown = [...sources.matchAll(/new S3Error\(\s*'(\w+)'/g)].map(([, code]) => code);
    expect(thrown.length).toBeGreaterThan(0);
    expect(thrown.filter((code) => !codes.includes(code ?? ''))).toEqual([]);
  });

  it('is in docs/errors.md, row by row, and nothing else is', () => {
    const page = readFileSync('docs/errors.md', 'utf8');
    const listed = [...page.matchAll(/^\| `(\w+)`\s+\| (\d+)/gm)].map(([, code, status]) => [code, Number(status)]);
    const table = Object.entries(s3ErrorCodes).map(([code, { status }]) => [code, status]);
    expect(listed.sort()).toEqual(table.sort());
  });
});

describe('links between pages', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'conformance/README.md'].concat(
    readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  );

  it.each(pages)('of %s lead to files', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      ([, target]) => target ?? '',
    );
    const inside = links.filter((target) => !/^[a-z]+:/.test(target));
    expect(inside.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
  });
});
