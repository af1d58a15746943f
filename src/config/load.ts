import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { Config, OmNodeConfig } from './config.ts';
import { contradictions } from './contradictions.ts';
import { omNodes, type Lookup } from './om-nodes.ts';
import { ozoneKeys } from './ozone-schema.ts';
import { resolveReferences } from './references.ts';
import { configKeys, configSchema, flagName, type ConfigKey, type ConfigValues } from './schema.ts';
import { sections } from './sections.ts';
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
  const file = siteFileOf(input.confDir, environment, problems);
  problems.push(...unknownVariables(environment));

  const given = givenKeys(input.flags ?? new Map(), environment, file);
  const values = valuesOf(given, problems);
  const nodes = isOzone(given) ? omNodes(lookupOf(given, file), problems) : [];
  if (values === undefined || problems.length > 0) throw new ConfigError(problems);

  return {
    config: deepFreeze<Config>(sections(values, nodes)),
    settings: [...given.map(settingOf), ...nodes.map(nodeSetting)],
    warnings: unknownProperties(file),
  };
}

function valuesOf(given: readonly Given[], problems: string[]): ConfigValues | undefined {
  const parsed = configSchema.safeParse(Object.fromEntries(given.map(({ key, text }) => [key.name, text])));
  for (const { path, message } of parsed.error?.issues ?? []) {
    const wrong = given.find(({ key }) => key.name === path[0]);
    if (wrong !== undefined) problems.push(`${wrong.source}: ${shown(wrong)} ${message}`);
  }
  if (parsed.success) problems.push(...contradictions(parsed.data));
  return parsed.data;
}

type Environment = Readonly<Record<string, string | undefined>>;

function siteFileOf(confDir: string | undefined, environment: Environment, problems: string[]): SiteFile | undefined {
  if (confDir === undefined) return undefined;
  try {
    const { path, properties } = readSiteFile(confDir);
    const resolved = [...properties].map(
      ([name, text]) => [name, resolveReferences(text, (other) => properties.get(other), environment)] as const,
    );
    return { path, properties: new Map(resolved) };
  } catch (error) {
    problems.push(`--conf: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function givenKeys(
  flags: ReadonlyMap<string, string>,
  environment: Environment,
  file: SiteFile | undefined,
): readonly Given[] {
  const given = configKeys.map((key) => givenFor(key, flags, environment, file));
  if (isOzone(given)) return given;
  // Ozone's own file may say what this gateway cannot do, as long as it is not asked to.
  return given.map((one) => (one.key.name in ozoneKeys && isOfFile(one) ? byDefault(one.key) : one));
}

function givenFor(
  key: ConfigKey,
  flags: ReadonlyMap<string, string>,
  environment: Environment,
  file: SiteFile | undefined,
): Given {
  const flag = flagName(key);
  const byFlag = flag === undefined ? undefined : flags.get(flag);
  if (flag !== undefined && byFlag !== undefined) return { key, text: byFlag, source: flag };
  const byVariable = environment[key.variable];
  if (byVariable !== undefined) return { key, text: byVariable, source: key.variable };
  const byFile = file?.properties.get(key.name);
  if (file !== undefined && byFile !== undefined) return { key, text: byFile, source: `${key.name} in ${file.path}` };
  return byDefault(key);
}

const byDefault = (key: ConfigKey): Given => ({ key, text: key.defaultText, source: 'default' });
const isOfFile = ({ key, source }: Given): boolean => source.startsWith(`${key.name} in `);
const isOzone = (given: readonly Given[]): boolean =>
  given.some(({ key, text }) => key.name === 'ozone.s3g.store' && text === 'ozone');

/** An address that is given by hand is meant instead of what the file says of services. */
function lookupOf(given: readonly Given[], file: SiteFile | undefined): Lookup {
  const address = given.find(({ key }) => key.name === 'ozone.om.address');
  const isByHand = address !== undefined && address.text !== '' && !isOfFile(address);
  return (name) => {
    if (isByHand && name === 'ozone.om.service.ids') return undefined;
    return given.find(({ key }) => key.name === name)?.text ?? file?.properties.get(name);
  };
}

const isSecret = ({ key }: Given): boolean => key.name === 'ozone.s3g.secret.key';
const shown = (given: Given): string => (isSecret(given) ? 'the secret' : `'${given.text}'`);

function settingOf(given: Given): Setting {
  return { name: given.key.name, text: shownSetting(given), source: given.source };
}

function shownSetting(given: Given): string {
  if (given.text === '') return `(${given.key.whenEmpty ?? 'empty'})`;
  if (given.key.name === 'ozone.s3g.data') return resolve(given.text);
  return isSecret(given) ? '***' : given.text;
}

function nodeSetting({ nodeId, host, port }: OmNodeConfig): Setting {
  return { name: nodeId === '' ? 'OM' : `OM ${nodeId}`, text: `${host}:${port}`, source: 'gRPC, by ozone.om.*' };
}

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(configKeys.map((key) => key.variable));
  const unknown = Object.keys(environment).filter((name) => name.startsWith('OZONE_S3G_') && !known.has(name));
  return unknown.map((name) => `${name}: no such variable`);
}

function unknownProperties(file: SiteFile | undefined): string[] {
  const known = new Set<string>(configKeys.map((key) => key.name));
  const unknown = [...(file?.properties.keys() ?? [])].filter(
    (name) => name.startsWith('ozone.s3g.') && !known.has(name),
  );
  return unknown.map((name) => `${name} in ${file?.path ?? ''}: not a key of this gateway, ignored`);
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return Object.freeze(value);
}
