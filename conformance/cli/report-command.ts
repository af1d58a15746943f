import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { writeReports } from '../reports/write-reports.ts';
import { baselineIn, documentIn, transcriptsIn } from './read-files.ts';

interface ReportOptions {
  readonly out?: string;
  readonly baseline?: string;
}

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('make all reports again from results.json, and from transcripts.ndjson if it is beside it')
    .argument('<results>', 'results.json of a run')
    .option('-o, --out <dir>', 'folder for the reports (default: that of results.json)')
    .option('--baseline <file>', 'tell known gaps with their reasons')
    .action(async (results: string, options: ReportOptions) => {
      const document = await documentIn(results);
      const besides = join(dirname(results), 'transcripts.ndjson');
      const transcripts = existsSync(besides) ? await transcriptsIn(besides) : [];
      const baseline = options.baseline === undefined ? undefined : await baselineIn(options.baseline);
      const folder = resolve(options.out ?? dirname(results));
      const written = await writeReports(folder, { document, transcripts, baseline });
      process.stdout.write(`Written to ${folder}: ${written.join(', ')}\n`);
    });
}
