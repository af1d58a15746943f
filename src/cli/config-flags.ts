import { Option, type Command } from 'commander';
import { loadConfig, type LoadedConfig } from '../config/load.ts';
import { configKeys, flagName, type ConfigKey } from '../config/schema.ts';

/** Gives a command the flags of these keys, or of all, and --conf. */
export function addConfigFlags(command: Command, only?: readonly ConfigKey['name'][]): Command {
  for (const key of configKeys) {
    if (key.flag === undefined || (only !== undefined && !only.includes(key.name))) continue;
    const fallback = key.defaultText === '' ? (key.whenEmpty ?? 'empty') : key.defaultText;
    const option = new Option(key.flag, `${key.description} (${key.variable}; default: ${fallback})`);
    // A missing value is reported by loadConfig too, together with the rest.
    option.required = false;
    option.optional = true;
    command.addOption(option);
  }
  command.option('--conf <dir>', 'directory with an ozone-site.xml to read ozone.s3g.* keys from');
  // What the command does not know is reported together with all else that is wrong, by loadConfig.
  return command.allowUnknownOption().allowExcessArguments();
}

/** Throws ConfigError with everything that is wrong with the command line and the configuration. */
export function configOf(command: Command, moreProblems: readonly string[] = []): LoadedConfig {
  const loaded = loadConfig({
    flags: givenFlags(command),
    confDir: command.getOptionValue('conf') as string | undefined,
    problems: [...unknownArguments(command), ...missingValues(command), ...moreProblems],
  });
  for (const warning of loaded.warnings) process.stderr.write(`ozone-s3g: warning: ${warning}\n`);
  return loaded;
}

function givenFlags(command: Command): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (const option of command.options) {
    const isOfConfig = configKeys.some((key) => flagName(key) === option.long);
    const value: unknown = command.getOptionValue(option.attributeName());
    if (!isOfConfig) continue;
    if (typeof value === 'string') flags.set(option.long ?? '', value);
    else if (value === true && isSwitch(option)) flags.set(option.long ?? '', 'true');
  }
  return flags;
}

/** It may stand without its value: --region-strict. */
const isSwitch = (option: Option): boolean => option.flags.endsWith(']');

function missingValues(command: Command): readonly string[] {
  const without = command.options.filter((option) => {
    return option.optional && !isSwitch(option) && command.getOptionValue(option.attributeName()) === true;
  });
  return without.map((option) => `${option.long ?? ''}: needs a value, as ${option.flags}`);
}

function unknownArguments(command: Command): readonly string[] {
  return command.args.flatMap((argument, index) => {
    if (argument.startsWith('-') && argument !== '-') return [`${argument.split('=')[0] ?? ''}: no such flag`];
    const before = command.args[index - 1] ?? '';
    const isValueOfUnknown = before.startsWith('-') && !before.includes('=');
    return isValueOfUnknown ? [] : [`${argument}: unexpected argument`];
  });
}
