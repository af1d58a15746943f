import type { Command } from 'commander';
import { refreshAwsProfile } from '../auth/aws-profile.ts';
import { credentialsFile } from '../auth/credentials-file.ts';
import { isSecretText, secretRule } from '../s3/user-name.ts';
import { addConfigFlags, configOf } from './config-flags.ts';
import { secretLines } from './secret-lines.ts';
import { addUserFlag, userOf, userProblems } from './user.ts';

const examples = `
Examples:
  ozone-s3g setsecret -u alice -s my-own-long-secret
  ozone-s3g setsecret -u alice -s my-own-long-secret --data /srv/s3

The user needs to have a secret already: ozone-s3g getsecret -u alice
`;

export function addSetsecret(program: Command): void {
  const command = program.command('setsecret').alias('set-secret');
  command.description("replace a user's secret by a given one").addHelpText('after', examples);
  addUserFlag(command).option('-s, --secret <secret>', 'the secret key, of 8 characters or more');
  command.option('-e, --export', 'print export lines for a shell');
  addConfigFlags(command, ['ozone.s3g.data']).action(async () => {
    const secret = (command.getOptionValue('secret') as string | undefined) ?? '';
    const secretProblems = isSecretText(secret) ? [] : [`-s: the secret ${secretRule}`];
    const { dataDir } = configOf(command, [...userProblems(command), ...secretProblems]).config;
    const userName = userOf(command);
    await credentialsFile(dataDir).replace(userName, secret);
    refreshAwsProfile(dataDir, { userName, secret });
    process.stdout.write(secretLines({ userName, secret }, command.getOptionValue('export') === true));
  });
}
