// @needs chromium
/** report.html in a real browser, from disk. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { runProgram } from './run-program.ts';
import { writeRun } from './report-fixture.ts';

const suite = join(import.meta.dirname, '../conformance/bin/s3-conformance.js');
const screenshots = process.env['REPORT_SCREENSHOTS'];
const failing = 'GetObject.range.suffix';

let folder: string;
let url: string;
let browser: Browser;
let page: Page;
let requests: string[];
let complaints: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-report-'));
  await writeRun(folder);
  await runProgram(process.execPath, [suite, 'report', join(folder, 'results.json')]);
  url = pathToFileURL(join(folder, 'report.html')).href;
  const executablePath = (await runProgram('sh', ['-c', 'command -v chromium'])).trim();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

async function open(hash = '', options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
  page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, ...options });
  requests = [];
  complaints = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}${hash}`);
}

async function picture(name: string): Promise<void> {
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** What an expression comes to in the page; as text, since the types of a page are not known here. */
const inPage = <Value>(expression: string): Promise<Value> => page.evaluate<Value>(expression);
const shownCases = (): Promise<string[]> =>
  inPage("[...document.querySelectorAll('details.case')].map(({ id }) => id)");
const focusedCase = (): Promise<string> => inPage('document.activeElement.parentElement.id');
const count = (): Promise<string | null> => page.locator('#count').textContent();

describe('report.html', () => {
  beforeEach(() => open());
  it('asks for nothing but itself, and has nothing to complain of', async () => {
    await picture('wide');
    expect(requests.map((one) => one.split('#')[0])).toEqual([url]);
    expect(complaints).toEqual([]);
    expect(await count()).toBe('120 of 120 cases');
  });

  it('shows the operations with their verdicts, and their cases when one is opened', async () => {
    const operation = page.locator('details.operation', { hasText: 'HeadObject' });
    expect(await operation.locator('> summary').innerText()).toContain('supported');
    expect(await shownCases()).toEqual([]);
    await operation.locator('> summary').click();
    expect((await shownCases()).every((id) => id.startsWith('HeadObject.'))).toBe(true);
    expect(await shownCases()).toHaveLength(30);
  });

  it.each([
    ['cause', 'wrong-body', 'PutObject.round-trip.bytes'],
    ['operation', 'GetObject', 'GetObject.range.suffix'],
    ['client', 'duckdb', 'GetObject.range.suffix'],
    ['outcome', 'fail', 'GetObject.range.suffix'],
  ])('filters by %s', async (name, value, id) => {
    await page.locator(`#${name}`).selectOption(value);
    expect(await shownCases()).toContain(id);
    expect((await shownCases()).length).toBeLessThan(120);
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await count()).toBe('120 of 120 cases');
  });

  it('filters by verdict', async () => {
    await page.locator('#verdict').selectOption('non-compliant');
    expect(await page.locator('#list > details > summary .name').allInnerTexts()).toEqual(['GetObject', 'PutObject']);
    expect(await count()).toBe('60 of 120 cases');
  });

  it('searches ids, titles and details', async () => {
    await page.locator('#search').fill('the last five bytes');
    expect(await shownCases()).toEqual([failing]);
    await page.locator('#search').fill('no such words');
    expect(await count()).toBe('0 of 120 cases');
  });

  it('is usable by keyboard alone', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('suffix');
    await page.keyboard.press('Tab');
    expect(await inPage('document.activeElement.id')).toBe('verdict');
    await inPage('document.activeElement.blur()');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focusedCase()).toBe(failing);
    await page.keyboard.press('Enter');
    await page.locator(`[id="${failing}"] pre`).first().waitFor();
    expect(page.url()).toBe(`${url}#${failing}`);
    await page.keyboard.press('k');
    expect(await inPage('document.activeElement.parentElement.className')).toContain('operation');
    await page.keyboard.press('Escape');
    expect(await count()).toBe('120 of 120 cases');
  });

  it('can be told to show another case by its address', async () => {
    await page.locator('#search').fill('nothing like it');
    await inPage(`location.hash = '${failing}'`);
    await page.locator(`[id="${failing}"] pre`).first().waitFor();
    expect(await page.locator('#search').inputValue()).toBe('');
  });
});

describe('a permalink', () => {
  it('opens its case, with what went over the wire and without secrets', async () => {
    await open(`#${failing}`);
    const details = page.locator(`[id="${failing}"]`);
    expect(await inPage(`document.getElementById('${failing}').open`)).toBe(true);
    await page.waitForFunction(`document.activeElement.parentElement.id === '${failing}'`);
    const said = await details.innerText();
    expect(said).toContain('GET /s3c-1-1/k?x-id=GetObject');
    expect(said).toContain('range: bytes=-5');
    expect(said).toContain('authorization: (redacted)');
    expect(said).toContain('content-range: bytes 0-4/9');
    expect(await details.getByRole('link', { name: "AWS's page" }).getAttribute('href')).toMatch(
      /^https:\/\/docs\.aws/,
    );
    await picture('wide-case');
  });

  it('of no case is no matter', async () => {
    await open('#Nothing.like.it');
    expect(complaints).toEqual([]);
    expect(await count()).toBe('120 of 120 cases');
  });

  it('shows text of the server as text', async () => {
    await open('#PutObject.round-trip.bytes');
    expect(await page.locator('[id="PutObject.round-trip.bytes"]').innerText()).toContain('</script><b>bold</b>');
    expect(await page.locator('b').count()).toBe(0);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).not.toContain('<b>bold');
  });
});

describe.each<[string, number, 'light' | 'dark']>([
  ['narrow', 390, 'light'],
  ['narrow-dark', 390, 'dark'],
  ['wide-dark', 1400, 'dark'],
])('%s', (name, width, colorScheme) => {
  it('needs no sideways scrolling, and has text that stands out', async () => {
    await open('', { viewport: { width, height: 1000 }, colorScheme });
    await picture(`${name}-top`);
    await open(`#${failing}`, { viewport: { width, height: 1000 }, colorScheme });
    await picture(`${name}-case`);
    expect(await inPage('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const [ink, ground] = await inPage<[string, string]>(
      '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
    );
    const [inkRed, groundRed] = [ink, ground].map((color) => Number(/\d+/.exec(color)?.[0]));
    expect(Math.abs(inkRed! - groundRed!)).toBeGreaterThan(150);
    expect(inkRed! > groundRed!).toBe(colorScheme === 'dark');
  });
});
