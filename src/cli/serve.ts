import type { Command } from 'commander';
import { addConfigFlags, configOf } from './config-flags.ts';
import { CommandFailure } from './exit.ts';

const examples = `
Examples:
  ozone-s3g serve                                 S3 on 127.0.0.1:9878, data in ./data
  ozone-s3g serve --data /srv/s3 --workers 4
  ozone-s3g serve --http-address 0.0.0.0:9878 --domain-name s3.example.org
  ozone-s3g serve --http-address 127.0.0.1:0 --admin-address 127.0.0.1:0

Ctrl-C lets running requests finish; a second one does not. Log lines go to stderr as JSON.
`;

export function addServe(program: Command): void {
  const command = program.command('serve');
  command.description('serve S3').addHelpText('after', examples);
  addConfigFlags(command).action(async () => {
    const { config } = configOf(command);
    const { serve } = await import('../serve/primary.ts');
    const exitCode = await serve(config, (text) => process.stdout.write(text));
    if (exitCode !== 0) throw new CommandFailure(1, '');
  });
}
