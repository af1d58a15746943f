import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** This process's environment without what would configure a client. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|RCLONE|NODE)_/.test(name)));
}

/** Runs a program to its end; resolves to what it printed, rejects with both outputs when it fails. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { env = {}, directory }: ProgramOptions = {},
): Promise<string> {
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...plainEnvironment(), LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return output.stdout;
  throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${output.stdout}\n${output.stderr}`);
}
