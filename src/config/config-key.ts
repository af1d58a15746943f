import type { z } from 'zod';

export interface KeyDocument {
  readonly description: string;
  /** As in --help; a key without one is set by its variable or in the file. */
  readonly flag?: string;
  /** Printed for an empty default. */
  readonly whenEmpty?: string;
}

/** A key of the configuration: how its text is read, its default, and what is said of it. */
export function key<S extends z.ZodType<unknown, string>>(schema: S, defaultText: string, document: KeyDocument) {
  return schema.prefault(defaultText as z.input<S> & string).meta({ ...document, defaultText });
}
