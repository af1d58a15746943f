import type { Command } from 'commander';
import type { ConformanceCase } from '../engine/define-case.ts';
import { profileNames } from '../engine/profiles.ts';
import { allCases, selectCases, type Selection } from './select-cases.ts';

interface ListOptions extends Selection {
  readonly json?: boolean;
  readonly profiles?: boolean;
}

export function addListCommand(program: Command): void {
  program
    .command('list')
    .description('list the cases')
    .option('--profile <name>', 'only the cases of a profile', 'full')
    .option('--filter <terms>', 'ids, operations, features, levels; * and ? allowed; separated by commas')
    .option('--profiles', 'list the profiles instead')
    .option('--json', 'print {"cases":[...]}')
    .action(async (options: ListOptions) => {
      if (options.profiles === true) {
        process.stdout.write(`${profileNames(await allCases()).join('\n')}\n`);
        return;
      }
      const cases = await selectCases(options);
      const text = options.json === true ? JSON.stringify({ cases: cases.map(caseJson) }, null, 1) : plain(cases);
      process.stdout.write(`${text}\n`);
    });
}

function caseJson(one: ConformanceCase): object {
  const { id, title, operation, feature, level, severity, requires, reference, clients, transport, probe } = one;
  return { id, title, operation, feature, level, severity, requires, reference, clients, transport, generated: probe };
}

function plain(cases: readonly ConformanceCase[]): string {
  const lines = cases.map(({ id, level, title }) => `${id}  (${level}) ${title}`);
  return [...lines, `${String(cases.length)} cases`].join('\n');
}
