import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import { configKeys, configSchema, flagName, type ConfigKey, type ConfigValues } from './schema.ts';
import { readSiteFile, type SiteFile } from './site-file.ts';

export interface ConfigInput {
  /** Text by flag, as `--workers` -> `2`. */
  readonly flags?: ReadonlyMap<string, string>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where ozone-site.xml stands. */
  readonly confDir?: string | undefined;
  /** What else is wrong with the command line; reported together with what is wrong here. */
  readonly problems?: readonly string[];
}

/** What a key is set to, fit to be shown, and by what: `default`, a flag, a variable or a file. */
export interface Setting {
  readonly name: string;
  readonly text: string;
  readonly source: string;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly settings: readonly Setting[];
  readonly warnings: readonly string[];
}

interface Given {
  readonly key: ConfigKey;
  readonly text: string;
  readonly source: string;
}

/** Flags before environment before ozone-site.xml before defaults. Throws ConfigError with every problem at once. */
export function loadConfig(input: ConfigInput = {}): LoadedConfig {
  const problems = [...(input.problems ?? [])];
  const environment = input.environment ?? process.env;
  const file = siteFileOf(input.confDir, problems);
  problems.push(...unknownVariables(environment));

  const given = configKeys.map((key) => givenFor(key, input.flags ?? new Map(), environment, file));
  const texts = Object.fromEntries(given.map(({ key, text }) => [key.name, text]));
  const parsed = configSchema.safeParse(texts);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const wrong = given.find(({ key }) => key.name === path[0]);
    if (wrong !== undefined) problems.push(`${wrong.source}: ${shown(wrong)} ${message}`);
  }
  if (parsed.success) problems.push(...contradictions(parsed.data));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  return {
    config: deepFreeze(sections(parsed.data)),
    settings: given.map((one) => ({ name: one.key.name, text: shownSetting(one), source: one.source })),
    warnings: unknownProperties(file),
  };
}

function siteFileOf(confDir: string | undefined, problems: string[]): SiteFile | undefined {
  if (confDir === undefined) return undefined;
  try {
    return readSiteFile(confDir);
  } catch (error) {
    problems.push(`--conf: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function givenFor(
  key: ConfigKey,
  flags: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string | undefined>>,
  file: SiteFile | undefined,
): Given {
  const flag = flagName(key);
  const byFlag = flag === undefined ? undefined : flags.get(flag);
  if (flag !== undefined && byFlag !== undefined) return { key, text: byFlag, source: flag };
  const byVariable = environment[key.variable];
  if (byVariable !== undefined) return { key, text: byVariable, source: key.variable };
  const byFile = file?.properties.get(key.name);
  if (file !== undefined && byFile !== undefined) return { key, text: byFile, source: `${key.name} in ${file.path}` };
  return { key, text: key.defaultText, source: 'default' };
}

const isSecret = ({ key }: Given): boolean => key.name === 'ozone.s3g.secret.key';
const shown = (given: Given): string => (isSecret(given) ? 'the secret' : `'${given.text}'`);

function shownSetting(given: Given): string {
  if (given.text === '') return `(${given.key.whenEmpty ?? 'empty'})`;
  if (given.key.name === 'ozone.s3g.data') return resolve(given.text);
  return isSecret(given) ? '***' : given.text;
}

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(configKeys.map((key) => key.variable));
  const unknown = Object.keys(environment).filter((name) => name.startsWith('OZONE_S3G_') && !known.has(name));
  return unknown.map((name) => `${name}: no such variable`);
}

function unknownProperties(file: SiteFile | undefined): string[] {
  const known = new Set<string>(configKeys.map((key) => key.name));
  const unknown = [...(file?.properties.keys() ?? [])].filter((name) => !known.has(name));
  return unknown.map((name) => `${name} in ${file?.path ?? ''}: not a key of this gateway, ignored`);
}

function contradictions(values: ConfigValues): string[] {
  const s3 = values['ozone.s3g.http-address'];
  const admin = values['ozone.s3g.webadmin.http-address'];
  const same = s3.port !== 0 && s3.port === admin.port && s3.host === admin.host;
  return same ? [`--http-address and --admin-address: both are ${s3.host}:${s3.port}`] : [];
}

function sections(values: ConfigValues): Config {
  return {
    listen: values['ozone.s3g.http-address'],
    admin: values['ozone.s3g.webadmin.http-address'],
    store: {
      kind: 'local',
      dir: resolve(values['ozone.s3g.data']),
      uploadMaxAgeMs: values['ozone.s3g.upload.max-age'],
      sweepEveryMs: values['ozone.s3g.sweep.interval'],
    },
    workers: values['ozone.s3g.workers'],
    domains: values['ozone.s3g.domain.name'],
    region: { name: values['ozone.s3g.region'], strict: values['ozone.s3g.region.strict'] },
    auth: values['ozone.s3g.auth'],
    firstUser: { accessKey: values['ozone.s3g.access.key'], secretKey: values['ozone.s3g.secret.key'] },
    limits: {
      requestsInFlight: values['ozone.s3g.limits.requests'],
      headerBytes: values['ozone.s3g.limits.header'],
    },
    timeouts: {
      headersMs: values['ozone.s3g.timeout.header'],
      idleMs: values['ozone.s3g.timeout.idle'],
      keepAliveMs: values['ozone.s3g.timeout.keep-alive'],
      graceMs: values['ozone.s3g.timeout.grace'],
      firstSpaceMs: values['ozone.s3g.white-space.first'],
      nextSpaceMs: values['ozone.s3g.white-space.next'],
    },
    log: { level: values['ozone.s3g.log.level'] },
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return Object.freeze(value);
}
