/** As Hadoop: deeper than this, a reference stays as it is written. */
const maxDepth = 20;
const reference = /\$\{([^${}\s]+)\}/;
const ofEnvironment = /^env\.([^:-]+)(?:(:?-)(.*))?$/;

/**
 * Replaces `${name}` by the property of that name and `${env.NAME}`, `${env.NAME-default}` and `${env.NAME:-default}` by
 * the variable; what is not there stays as it is written.
 * Source: https://hadoop.apache.org/docs/stable/api/org/apache/hadoop/conf/Configuration.html
 */
export function resolveReferences(
  text: string,
  property: (name: string) => string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  let resolved = text;
  for (let depth = 0; depth < maxDepth; depth++) {
    const found = reference.exec(resolved);
    const name = found?.[1];
    if (found === null || name === undefined) return resolved;
    const value = name.startsWith('env.') ? variable(name, environment) : property(name);
    if (value === undefined) return resolved;
    resolved = resolved.slice(0, found.index) + value + resolved.slice(found.index + found[0].length);
  }
  return resolved;
}

function variable(name: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const [, variableName = '', operator, fallback] = ofEnvironment.exec(name) ?? [];
  const value = environment[variableName];
  if (operator === ':-' && value === '') return fallback;
  return value ?? fallback;
}
