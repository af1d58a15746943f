import type { Token } from '../proto/om.ts';

/**
 * A token as container commands carry it: each field behind its length, in URL-safe base64 without padding. The length
 * is Hadoop's variable one (org.apache.hadoop.io.WritableUtils), of non-negative numbers here.
 */
export function encodeToken({ identifier, password, kind, service }: Token): string {
  const fields = [identifier, password, Buffer.from(kind), Buffer.from(service)];
  return Buffer.concat(fields.flatMap((field) => [variableLength(field.length), field])).toString('base64url');
}

/** One byte up to 127; else a byte that says how many follow (0x8f for one, 0x8e for two, …), then those, big-endian. */
function variableLength(length: number): Buffer {
  if (length <= 127) return Buffer.from([length]);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.from([0x90 - digits.length, ...digits]);
}
