#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) {
  // Which Node a later SDK wants is no concern of a run with this one.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { main: run } = await import(main.href);
  await run(process.argv.slice(2));
} else {
  console.error('s3-conformance is not built: run npm run build');
  process.exitCode = 4;
}
