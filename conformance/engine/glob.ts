/** `*` stands for any characters, `?` for one; case does not matter. */
export function globToPattern(glob: string): RegExp {
  const escaped = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'i');
}

export function matchesAny(text: string, globs: readonly string[]): boolean {
  return globs.some((glob) => globToPattern(glob).test(text));
}
