import type { Command } from 'commander';
import { diffMarkdown } from '../reports/diff-markdown.ts';
import { diffResults } from '../reports/results-diff.ts';
import { documentIn } from './read-files.ts';

export function addDiffCommand(program: Command): void {
  program
    .command('diff')
    .description("say what changed between two runs, as Markdown for a pull request's comment")
    .argument('<before>', 'results.json of the older run')
    .argument('<after>', 'results.json of the newer run')
    .option('--json', 'print the lists as JSON')
    .action(async (before: string, after: string, { json }: { readonly json?: boolean }) => {
      const documents = [await documentIn(before), await documentIn(after)] as const;
      const diff = diffResults(...documents);
      const text = json === true ? JSON.stringify(diff, null, 1) : diffMarkdown(diff, ...documents);
      process.stdout.write(`${text}\n`);
    });
}
