import type { Command } from 'commander';
import { refreshAwsProfile } from '../auth/aws-profile.ts';
import { credentialsFile } from '../auth/credentials-file.ts';
import { addConfigFlags, configOf } from './config-flags.ts';
import { secretLines } from './secret-lines.ts';
import { addUserFlag, userOf, userProblems } from './user.ts';

const examples = `
Examples:
  ozone-s3g getsecret                        a secret for yourself
  ozone-s3g getsecret -u alice --data /srv/s3
  eval "$(ozone-s3g getsecret -e -u alice)"  for the tools of this shell

A secret is shown once. A lost one is revoked, then made anew:
  ozone-s3g revokesecret -u alice && ozone-s3g getsecret -u alice
`;

export function addGetsecret(program: Command): void {
  const command = program.command('getsecret').alias('get-secret');
  command.description("make a user's secret and print it, once").addHelpText('after', examples);
  addUserFlag(command).option('-e, --export', 'print export lines for a shell');
  addConfigFlags(command, ['ozone.s3g.data']).action(async () => {
    const { dataDir } = configOf(command, userProblems(command)).config;
    const userName = userOf(command);
    const secret = await credentialsFile(dataDir).create(userName);
    refreshAwsProfile(dataDir, { userName, secret });
    process.stdout.write(secretLines({ userName, secret }, command.getOptionValue('export') === true));
  });
}
