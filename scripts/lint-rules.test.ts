import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';

/** A toy tree under the project's own configuration: each row is a file, and the rules that it must break. */
interface ToyFile {
  path: string;
  code: string;
  breaks: string[];
}

const imports = ['no-restricted-imports'];
const syntax = ['no-restricted-syntax'];
const importsOf = (path: string, from: string, breaks: string[]): ToyFile => ({
  path,
  code: `import type { x } from '${from}';\nexport type Y = x;\n`,
  breaks,
});

const layerRows: ToyFile[] = [
  importsOf('src/s3/a.ts', '../errors/s3-error.ts', []),
  importsOf('src/s3/b.ts', '../xml/write.ts', imports),
  importsOf('src/s3/c.ts', 'node:fs', imports),
  importsOf('src/errors/a.ts', '../s3/range.ts', imports),
  importsOf('src/xml/a.ts', 'xml-js', []),
  importsOf('src/filters/a.ts', 'xml-js', imports),
  importsOf('src/filters/b.ts', 'koa', []),
  importsOf('src/filters/c.ts', '../storage/local/index.ts', imports),
  importsOf('src/filters/d.ts', '../storage/port.ts', []),
  importsOf('src/auth/a.ts', '../storage/port.ts', imports),
  importsOf('src/body/a.ts', '../auth/signing-key.ts', []),
  importsOf('src/body/b.ts', '../operations/operation.ts', imports),
  importsOf('src/body/c.ts', '../storage/open.ts', imports),
  importsOf('src/operations/a.ts', '../storage/values.ts', []),
  importsOf('src/operations/b.ts', 'koa', imports),
  importsOf('src/operations/c.ts', '../filters/body.ts', imports),
  importsOf('src/operations/d.ts', '../auth/verifier.ts', imports),
  importsOf('src/operations/e.ts', '../storage/local/index.ts', imports),
  importsOf('src/operations/tags/f.ts', '../operation.ts', []),
  importsOf('src/operations/tags/g.ts', '../../filters/body.ts', imports),
  importsOf('src/operations/h.test.ts', '../storage/local/index.ts', []),
  importsOf('src/storage/port.ts', './local/index.ts', imports),
  importsOf('src/storage/open.ts', './local/index.ts', []),
  importsOf('src/storage/local/a.ts', '../port.ts', []),
  importsOf('src/storage/local/b.ts', '../../s3/range.ts', []),
  importsOf('src/storage/local/c.ts', '../../body/digester.ts', []),
  importsOf('src/storage/local/d.ts', '../../body/source.ts', imports),
  importsOf('src/storage/local/e.ts', '../ozone/index.ts', imports),
  importsOf('src/storage/local/f.ts', '../../xml/write.ts', imports),
  importsOf('src/storage/local/g.ts', '@grpc/grpc-js', imports),
  importsOf('src/storage/ozone/a.ts', 'lmdb', imports),
  importsOf('src/gateway.ts', './filters/body.ts', []),
  importsOf('src/server.ts', './storage/local/index.ts', imports),
  importsOf('conformance/engine/a.ts', '../../src/s3/range.ts', imports),
  importsOf('conformance/engine/b.ts', 'ozone-s3g', imports),
  importsOf('conformance/engine/c.ts', './outcome.ts', []),
];

const lines = (count: number, line = '//\n'): string => line.repeat(count);
const longFunction = `export function long(): void {\n${lines(50, '  console.log(1);\n')}}\n`;
const branchy = (branches: number): string =>
  `export function branchy(n: number): number {\n${lines(branches, '  if (n > 1) return 2;\n')}  return n;\n}\n`;

const habitRows: ToyFile[] = [
  { path: 'src/default.ts', code: 'export default 1;\n', breaks: syntax },
  { path: 'src/mocked.test.ts', code: "jest.mock('./x.ts');\n", breaks: syntax },
  { path: 'src/skipped.test.ts', code: "it.skip('x', () => 1);\n", breaks: syntax },
  { path: 'src/listener.ts', code: "export const f = (s: any) => s.on('data', () => 1);\n", breaks: syntax },
  { path: 'src/ended.ts', code: "export const f = (s: any) => s.on('end', () => 1);\n", breaks: [] },
  { path: 'src/env.ts', code: 'export const home = process.env.HOME;\n', breaks: syntax },
  {
    path: 'src/env-import.ts',
    code: "import { env } from 'node:process';\nexport const home = env.HOME;\n",
    breaks: syntax,
  },
  { path: 'src/config/load.ts', code: 'export const home = process.env.HOME;\n', breaks: [] },
  { path: 'conformance/engine/env.ts', code: 'export const home = process.env.HOME;\n', breaks: syntax },
  { path: 'conformance/conformance.test.ts', code: 'export const home = process.env.HOME;\n', breaks: [] },
  { path: 'src/at-300.ts', code: lines(300), breaks: [] },
  { path: 'src/at-301.ts', code: lines(301), breaks: ['max-lines'] },
  { path: 'src/at-301.test.ts', code: lines(301), breaks: [] },
  { path: 'src/at-401.test.ts', code: lines(401), breaks: ['max-lines'] },
  { path: 'src/operations/catalogue.ts', code: lines(301), breaks: [] },
  { path: 'src/long.ts', code: longFunction, breaks: ['max-lines-per-function'] },
  {
    path: 'src/params.ts',
    code: 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];\n',
    breaks: ['max-params'],
  },
  { path: 'src/at-12.ts', code: branchy(11), breaks: [] },
  { path: 'src/at-13.ts', code: branchy(12), breaks: ['complexity'] },
  {
    path: 'src/floating.ts',
    code: 'export function f(): void {\n  Promise.resolve();\n}\n',
    breaks: ['@typescript-eslint/no-floating-promises'],
  },
  {
    path: 'src/cycle-a.ts',
    code: "import { b } from './cycle-b.ts';\nexport const a = () => b;\n",
    breaks: ['import-x/no-cycle'],
  },
  {
    path: 'src/cycle-b.ts',
    code: "import { c } from './cycle-c.ts';\nexport const b = () => c;\n",
    breaks: ['import-x/no-cycle'],
  },
  {
    path: 'src/cycle-c.ts',
    code: "import { a } from './cycle-a.ts';\nexport const c = () => a;\n",
    breaks: ['import-x/no-cycle'],
  },
];

const rows = [...layerRows, ...habitRows];
/** Those that the rows are about; what the toy code breaks besides is of no interest. */
const watched = new Set(rows.flatMap((row) => row.breaks));

describe('the lint rules', () => {
  const tree = mkdtempSync(join(tmpdir(), 'lint-rules-'));
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, noEmit: true } }));
    for (const { path, code } of rows) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), code);
    }
    const eslint = new ESLint({ cwd: tree, overrideConfigFile: resolve('eslint.config.js') });
    for (const { filePath, messages } of await eslint.lintFiles(['.'])) {
      const rules = messages.map((message) => message.ruleId ?? message.message);
      broken.set(filePath, [...new Set(rules)].filter((rule) => watched.has(rule) || !/^[@\w/-]+$/.test(rule)).sort());
    }
  }, 60_000);
  afterAll(() => {
    rmSync(tree, { recursive: true });
  });

  it.each(rows)('$path breaks $breaks', ({ path, breaks }) => {
    expect(broken.get(join(tree, path))).toEqual(breaks);
  });
});

describe('the source tree', () => {
  const eslint = new ESLint();
  const names = readdirSync('src', { recursive: true, withFileTypes: true });
  const folders = names.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));

  it.each(folders.filter((folder) => !folder.endsWith('/contract')))('%s has import rules', async (folder) => {
    const config = (await eslint.calculateConfigForFile(join(folder, 'a.ts'))) as { rules: Record<string, unknown> };
    expect(config.rules['no-restricted-imports']).toBeDefined();
  });

  it('has a subject for every file', () => {
    const vague = /^(utils?|helpers?|common|types\.ts|constants\.ts)$/;
    expect(names.filter((entry) => vague.test(entry.name))).toEqual([]);
  });
});
