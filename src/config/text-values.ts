import { z } from 'zod';
import { isSecretText, isUserName, secretRule, userNameRule } from '../s3/user-name.ts';
import { Secret } from './secret.ts';

export interface HostPort {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

const hostPortPattern = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/;

/** Configuration comes as text, from wherever it comes. These read it; what they refuse, they name. */
export const hostPort = z.string().transform((text, context): HostPort => {
  const [, bracketed, plain, port] = hostPortPattern.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) };
  return refuse(context, 'must be HOST:PORT, as 127.0.0.1:9878 or [::1]:9878');
});

export function wholeNumber(min: number, max: number) {
  return z.string().transform((text, context): number => {
    const value = Number(text);
    if (/^\d+$/.test(text.trim()) && value >= min && value <= max) return value;
    return refuse(context, `must be a whole number from ${String(min)} to ${String(max)}`);
  });
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

export const truth = z.string().transform((text, context): boolean => {
  return truths.get(text.trim().toLowerCase()) ?? refuse(context, 'must be true or false');
});

const unitMs: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
/** Timers of Node take no more than 31 bits of milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** Milliseconds out of a number with a unit, as Ozone writes them: 500ms, 30s, 10m, 1h, 7d. */
export function duration(minMs: number, maxMs = longestTimerMs) {
  return z.string().transform((text, context): number => {
    const [, number, unit = ''] = /^(\d+)\s*(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
    const valueMs = Number(number) * (unitMs.get(unit) ?? Number.NaN);
    if (valueMs >= minMs && valueMs <= maxMs) return valueMs;
    if (Number.isNaN(valueMs)) return refuse(context, 'must be a duration with its unit, as 500ms, 30s, 10m, 1h or 7d');
    return refuse(context, `must be from ${String(minMs)}ms to ${String(maxMs)}ms`);
  });
}

const unitBytes: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['', 1],
  ['KB', 1024],
  ['MB', 1024 ** 2],
  ['GB', 1024 ** 3],
]);

/** Bytes out of a size as Ozone writes them, in powers of 1024: 512, 16KB, 4MB, 1GB. */
export function size(minBytes: number, maxBytes: number) {
  return z.string().transform((text, context): number => {
    const [, number, unit = 'none'] = /^(\d+)\s*(|[KMG]?B)$/.exec(text.trim().toUpperCase()) ?? [];
    const valueBytes = Number(number) * (unitBytes.get(unit) ?? Number.NaN);
    if (valueBytes >= minBytes && valueBytes <= maxBytes) return valueBytes;
    if (Number.isNaN(valueBytes)) return refuse(context, 'must be a size, as 512, 16KB or 4MB');
    return refuse(context, `must be from ${String(minBytes)} to ${String(maxBytes)} bytes`);
  });
}

const domainPattern = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Host names separated by commas, in lower case; none when empty. */
export const domains = z.string().transform((text, context): readonly string[] => {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  const given = names.filter((name) => name !== '');
  const wrong = given.find((name) => !domainPattern.test(name));
  if (wrong === undefined) return [...new Set(given)];
  return refuse(context, `'${wrong}' is not a host name (no scheme, no port, no wildcard)`);
});

export function matching(pattern: RegExp, complaint: string) {
  return z.string().regex(pattern, { error: complaint });
}

export function oneOf<const Names extends readonly string[]>(...names: Names) {
  const named = names.filter((name) => name !== '');
  return z.enum(names, { error: `must be ${named.join(', ').replace(/, ([^,]*)$/, ' or $1')}` });
}

/** Empty: decided by the store. */
export const authKind = z.enum(['', 'local', 'ozone'], { error: 'must be local or ozone' });

/** Undefined when empty. */
export const optionalName = z
  .string()
  .regex(/^[\x21-\x7e]*$/, { error: 'must be printable ASCII without blanks' })
  .transform((text): string | undefined => (text === '' ? undefined : text));

/** Undefined when empty. */
export const userName = z.string().transform((text, context): string | undefined => {
  if (text === '' || isUserName(text)) return text === '' ? undefined : text;
  return refuse(context, userNameRule);
});

/** Undefined when empty. */
export const secret = z.string().transform((text, context): Secret | undefined => {
  if (text === '' || isSecretText(text)) return text === '' ? undefined : new Secret(text);
  return refuse(context, secretRule);
});

function refuse(context: z.RefinementCtx, complaint: string): never {
  context.addIssue({ code: 'custom', message: complaint });
  return z.NEVER;
}
