import type { Command } from 'commander';
import type { Setting } from '../config/load.ts';
import { accountId, ownerId } from '../s3/owner.ts';
import { isUserName, userNameRule } from '../s3/user-name.ts';
import { addConfigFlags, configOf } from './config-flags.ts';

const examples = `
Examples:
  ozone-s3g config                          what serve would use here, and where it comes from
  ozone-s3g config --conf /etc/ozone --workers 4
  ozone-s3g config --user alice             the ids by which S3 knows a user
`;

export function addConfig(program: Command): void {
  const command = program.command('config');
  command.description('print what is in force, and where each value comes from').addHelpText('after', examples);
  command.option('-u, --user <name>', "print a user's owner id and account id instead");
  addConfigFlags(command).action(() => {
    const userName = command.getOptionValue('user') as string | undefined;
    const isWrong = userName !== undefined && !isUserName(userName);
    const { settings } = configOf(command, isWrong ? [`--user: '${userName}' ${userNameRule}`] : []);
    process.stdout.write(userName === undefined ? table(settings) : ids(userName));
  });
}

function table(settings: readonly Setting[]): string {
  const nameWidth = Math.max(...settings.map(({ name }) => name.length));
  const textWidth = Math.max(...settings.map(({ text }) => text.length));
  const line = ({ name, text, source }: Setting) =>
    `${name.padEnd(nameWidth)} = ${text.padEnd(textWidth)}  # ${source}\n`;
  return settings.map(line).join('');
}

function ids(userName: string): string {
  return `owner=${ownerId(userName)}\naccount=${accountId(userName)}\n`;
}
