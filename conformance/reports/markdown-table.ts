/** One row of a Markdown table; the cells are text. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** A heading row with the line under it. */
export function heading(...cells: readonly string[]): string[] {
  return [row(...cells), `|${'---|'.repeat(cells.length)}`];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

/** The first few of many notes, and how many more there are. */
export function someOf(notes: readonly string[], shown = 5): string {
  const rest = notes.length - shown;
  return [...notes.slice(0, shown), ...(rest > 0 ? [`and ${String(rest)} more`] : [])].join('; ');
}
