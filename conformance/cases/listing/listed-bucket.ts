import type { CaseContext } from '../../engine/case-context.ts';

/** Set-up: a bucket with an object under each key; the body is the key itself. */
export async function bucketWith(t: CaseContext, keys: readonly string[]): Promise<string> {
  const bucket = await t.bucket();
  await Promise.all(keys.map((key) => t.put(bucket, key, key)));
  return bucket;
}

interface Page {
  readonly Contents?: readonly { readonly Key?: string | undefined }[] | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
}

export const keysIn = ({ Contents = [] }: Page): string[] => Contents.map(({ Key }) => Key ?? '');
export const prefixesIn = ({ CommonPrefixes = [] }: Page): string[] => CommonPrefixes.map(({ Prefix }) => Prefix ?? '');
