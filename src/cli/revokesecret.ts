import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { credentialsFile } from '../auth/credentials-file.ts';
import { addConfigFlags, configOf } from './config-flags.ts';
import { CommandFailure } from './exit.ts';
import { addUserFlag, userOf, userProblems } from './user.ts';

const examples = `
Examples:
  ozone-s3g revokesecret -u alice       asks first
  ozone-s3g revokesecret -u alice -y    does not ask

A running server refuses the user from the next request on.
`;

export function addRevokesecret(program: Command): void {
  const command = program.command('revokesecret').alias('revoke-secret');
  command.description("revoke a user's secret").addHelpText('after', examples);
  addUserFlag(command).option('-y, --yes', 'do not ask for confirmation');
  addConfigFlags(command, ['ozone.s3g.data']).action(async () => {
    const { dataDir } = configOf(command, userProblems(command)).config;
    const userName = userOf(command);
    const isSure = command.getOptionValue('yes') === true || (await confirms(userName));
    if (!isSure) {
      process.stdout.write('Operation cancelled.\n');
      return;
    }
    await credentialsFile(dataDir).revoke(userName);
    process.stdout.write('S3 secret revoked.\n');
  });
}

async function confirms(userName: string): Promise<boolean> {
  process.stdout.write(`Enter 'y' to confirm S3 secret revocation for '${userName}': `);
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line.trim().toLowerCase() === 'y';
  } finally {
    lines.close();
  }
  process.stdout.write('\n');
  throw new CommandFailure(1, 'nobody answered; -y revokes without asking');
}
