// Compiles the gateway to dist/ and the suite to conformance/dist/, both at once; what has not changed is not compiled.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const compile = (project) =>
  new Promise((done) => {
    spawn(process.execPath, [tsc, '-p', project], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).on(
      'close',
      done,
    );
  });

const codes = await Promise.all(['tsconfig.build.json', 'conformance/tsconfig.build.json'].map(compile));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
