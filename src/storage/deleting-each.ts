import pLimit from 'p-limit';

/** How many keys are deleted at a time: enough for a store to sync many with one write. */
const concurrency = 64;

/** Deletes keys one by one, many at a time. Resolves to what went wrong, by key; no key keeps another from going. */
export async function deleteEach(
  keys: Iterable<string>,
  deleteOne: (key: string) => Promise<void>,
): Promise<Map<string, unknown>> {
  const failures = new Map<string, unknown>();
  const limited = pLimit(concurrency);
  const attempt = async (key: string): Promise<void> => {
    await deleteOne(key).catch((error: unknown) => failures.set(key, error));
  };
  await Promise.all(Array.from(new Set(keys), (key) => limited(() => attempt(key))));
  return failures;
}
