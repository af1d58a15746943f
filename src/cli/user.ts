import type { Command } from 'commander';
import { loginName } from '../auth/login-name.ts';
import { isUserName, userNameRule } from '../s3/user-name.ts';

export function addUserFlag(command: Command): Command {
  return command.option('-u, --user <name>', 'the user; the name is the access key id too (default: the login name)');
}

export function userOf(command: Command): string {
  const given = command.getOptionValue('user') as string | undefined;
  return given === undefined || given === '' ? loginName() : given;
}

/** For configOf: what is wrong with the user's name, if anything. */
export function userProblems(command: Command): readonly string[] {
  return isUserName(userOf(command)) ? [] : [`-u: '${userOf(command)}' ${userNameRule}`];
}
