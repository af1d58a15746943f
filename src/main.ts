import { runProgram } from './cli/program.ts';

// A reader that has gone, as of `ozone-s3g config | head`, is no failure of ours.
process.stdout.on('error', () => undefined);

process.exitCode = await runProgram(process.argv.slice(2));
// A worker's handle or a timer that is left must not keep a command that is done.
process.stdout.write('', () => process.exit());
