const imfFixdate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const rfc850Date = /^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d\d-[A-Z][a-z][a-z]-\d\d \d\d:\d\d:\d\d GMT$/;
const asctimeDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z][a-z] [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * The three forms of RFC 9110 section 5.6.7, and the ISO form that some S3 clients send in conditions.
 * Undefined for anything else: a condition with a date that is none is passed over.
 */
export function parseHttpDate(text: string): Date | undefined {
  const value = text.trim();
  if (asctimeDate.test(value)) return validDate(`${value} GMT`);
  if (imfFixdate.test(value) || rfc850Date.test(value) || isoDate.test(value)) return validDate(value);
  return undefined;
}

export function formatHttpDate(date: Date): string {
  return date.toUTCString();
}

/** HTTP dates know no fractions of a second, so neither may comparisons with them. */
export function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function validDate(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
