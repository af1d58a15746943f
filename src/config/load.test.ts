import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.ts';
import { loadConfig, type ConfigInput } from './load.ts';

let confDir = '';
beforeAll(() => {
  confDir = mkdtempSync(join(tmpdir(), 'ozone-s3g-conf-'));
});
afterAll(() => rmSync(confDir, { recursive: true, force: true }));

function siteFile(properties: Record<string, string>): string {
  const text = Object.entries(properties).map(
    ([name, value]) =>
      `<property>\n  <name>${name}</name>\n  <value> ${value} </value>\n  <final>true</final></property>`,
  );
  const header = '<?xml version="1.0"?>\n<?xml-stylesheet type="text/xsl" href="configuration.xsl"?>\n<!-- ours -->\n';
  writeFileSync(join(confDir, 'ozone-site.xml'), `${header}<configuration>${text.join('')}</configuration>\n`);
  return confDir;
}

const load = (input: ConfigInput) => loadConfig({ environment: {}, ...input });

function problemsOf(input: ConfigInput): readonly string[] {
  try {
    load(input);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('precedence', () => {
  const flags = new Map([['--workers', '5']]);
  const environment = { OZONE_S3G_WORKERS: '4' };
  const file = { 'ozone.s3g.workers': '3' };

  it.each([
    ['flag, variable, file', { flags, environment }, file, 5, '--workers'],
    ['flag, file', { flags }, file, 5, '--workers'],
    ['variable, file', { environment }, file, 4, 'OZONE_S3G_WORKERS'],
    ['file', {}, file, 3, 'ozone.s3g.workers in'],
    ['nothing', {}, {}, 1, 'default'],
  ])('of %s', (_, input: ConfigInput, properties, workers, source) => {
    const { config, settings } = load({ ...input, confDir: siteFile(properties) });
    expect(config.workers).toBe(workers);
    expect(settings.find(({ name }) => name === 'ozone.s3g.workers')?.source).toContain(source);
  });
});

describe('values', () => {
  it.each([
    ['--http-address', '0.0.0.0:80', (c) => c.listen, { host: '0.0.0.0', port: 80 }],
    ['--http-address', '[::1]:0', (c) => c.listen, { host: '::1', port: 0 }],
    ['--admin-address', 'localhost:19878', (c) => c.admin, { host: 'localhost', port: 19_878 }],
    ['--data', 'somewhere', (c) => c.dataDir, resolve('somewhere')],
    ['--domain-name', 'S3.example.org, s3.local,', (c) => c.domains, ['s3.example.org', 's3.local']],
    ['--region-strict', 'TRUE', (c) => c.region.strict, true],
    ['--limits-header', '8 kb', (c) => c.limits.headerBytes, 8192],
    ['--upload-max-age', '30d', (c) => c.store.kind === 'local' && c.store.uploadMaxAgeMs, 30 * 86_400_000],
    ['--timeout-grace', '0s', (c) => c.timeouts.graceMs, 0],
    ['--white-space-first', '500ms', (c) => c.timeouts.firstSpaceMs, 500],
  ] satisfies [string, string, (config: ReturnType<typeof load>['config']) => unknown, unknown][])(
    '%s %s',
    (flag, text, pick, expected) => {
      expect(pick(load({ flags: new Map([[flag, text]]) }).config)).toEqual(expected);
    },
  );

  it.each([
    ['--http-address', '9878', 'HOST:PORT'],
    ['--http-address', '127.0.0.1:65536', 'HOST:PORT'],
    ['--http-address', '::1:9878', 'HOST:PORT'],
    ['--data', '', 'empty'],
    ['--workers', '0', 'whole number'],
    ['--workers', '1.5', 'whole number'],
    ['--domain-name', 'https://s3.example.org', 'not a host name'],
    ['--domain-name', '*.example.org', 'not a host name'],
    ['--region', 'US East', 'region name'],
    ['--region-strict', 'yes', 'true or false'],
    ['--auth', 'none', 'must be local'],
    ['--limits-header', '16PB', 'must be a size'],
    ['--limits-header', '1B', 'from 4096'],
    ['--timeout-idle', '60', 'with its unit'],
    ['--timeout-idle', '100d', 'must be from'],
    ['--access-key', 'a b', 'letters, digits'],
    ['--log-level', 'loud', 'debug, info, warn, error or silent'],
  ])('%s %s is refused', (flag, text, complaint) => {
    const problems = problemsOf({ flags: new Map([[flag, text]]) });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(complaint);
    expect(problems[0]).toContain(flag);
  });
});

describe('what is wrong', () => {
  it('is all reported at once', () => {
    const problems = problemsOf({
      problems: ['--bogus: no such flag'],
      flags: new Map([['--workers', 'many']]),
      environment: { OZONE_S3G_REGION: 'A B', OZONE_S3G_SPEED: 'fast', PATH: '/bin' },
      confDir: siteFile({ 'ozone.s3g.timeout.idle': 'long' }),
    });
    expect(problems).toHaveLength(5);
    for (const part of ['--bogus', '--workers', 'OZONE_S3G_REGION', 'OZONE_S3G_SPEED', 'ozone.s3g.timeout.idle in']) {
      expect(problems.join('\n')).toContain(part);
    }
  });

  it('in the file by name alone is a warning, and of others nothing', () => {
    const { warnings } = load({ confDir: siteFile({ 'ozone.s3g.unheard-of': '1', 'ozone.om.address': 'om' }) });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('ozone.s3g.unheard-of');
  });

  it.each([
    ['<configuration><property>', 'ozone-site.xml: it is not well-formed XML'],
    ['<site/>', 'its root element is site'],
  ])('with the file %s is reported', (text, complaint) => {
    writeFileSync(join(confDir, 'ozone-site.xml'), text);
    expect(problemsOf({ confDir }).join()).toContain(complaint);
  });

  it('is a directory without the file', () => {
    expect(problemsOf({ confDir: join(confDir, 'absent') }).join()).toContain('ENOENT');
  });

  it('is one port for both servers, unless it is any free one', () => {
    const both = (address: string) =>
      new Map([
        ['--http-address', address],
        ['--admin-address', address],
      ]);
    expect(problemsOf({ flags: both('127.0.0.1:9000') })).toHaveLength(1);
    expect(problemsOf({ flags: both('127.0.0.1:0') })).toEqual([]);
  });
});

describe('a secret', () => {
  const secret = 'do-not-print-me';

  it('is never printed', () => {
    const { config, settings } = load({ environment: { OZONE_S3G_SECRET_KEY: secret } });
    expect(config.firstUser.secretKey?.reveal()).toBe(secret);
    const shown = `${JSON.stringify({ config, settings })} ${inspect({ config, settings }, { depth: 9 })}`;
    expect(`${shown} ${String(config.firstUser.secretKey)}`).not.toContain(secret);
    expect(settings.find(({ name }) => name === 'ozone.s3g.secret.key')?.text).toBe('***');
  });

  it('that is too short is refused without being shown', () => {
    const problems = problemsOf({ environment: { OZONE_S3G_SECRET_KEY: 'short' } });
    expect(problems.join()).toContain('OZONE_S3G_SECRET_KEY: the secret must be');
    expect(problems.join()).not.toContain('short');
  });
});

it('nothing in force can be changed', () => {
  const { config } = load({});
  expect([config, config.listen, config.domains, config.store].every((part) => Object.isFrozen(part))).toBe(true);
});
