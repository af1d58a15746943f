import type { ChecksumAlgorithm } from './checksum.ts';

/**
 * The CRC of bytes put together from parts, out of the CRCs of the parts: crc(A + B) = crc(A) * x^(8 * |B|) + crc(B)
 * in GF(2)[x] modulo the CRC's polynomial. Polynomials and values are in reflected bit order.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html (full object checksums)
 */
const polynomials: Partial<Record<ChecksumAlgorithm, { readonly bits: bigint; readonly reflected: bigint }>> = {
  CRC32: { bits: 32n, reflected: 0xedb88320n },
  CRC32C: { bits: 32n, reflected: 0x82f63b78n },
  CRC64NVME: { bits: 64n, reflected: 0x9a6c9329ac4bc9b5n },
};

export interface PartCrc {
  /** Base64. */
  readonly value: string;
  readonly sizeBytes: number;
}

/** Whether the checksum of a whole can be had from those of its parts. */
export function canCombine(algorithm: ChecksumAlgorithm): boolean {
  return polynomials[algorithm] !== undefined;
}

/** Base64. Throws RangeError for an algorithm that is no CRC. */
export function combineCrcs(algorithm: ChecksumAlgorithm, parts: Iterable<PartCrc>): string {
  const polynomial = polynomials[algorithm];
  if (polynomial === undefined) throw new RangeError(`${algorithm} cannot be combined`);
  const field = new Field(polynomial.bits, polynomial.reflected);
  let whole = 0n;
  for (const { value, sizeBytes } of parts) {
    const crc = BigInt(`0x0${Buffer.from(value, 'base64').toString('hex')}`);
    whole = field.multiply(whole, field.shiftBy(sizeBytes)) ^ crc;
  }
  return Buffer.from(whole.toString(16).padStart(Number(polynomial.bits) / 4, '0'), 'hex').toString('base64');
}

class Field {
  readonly #one: bigint;
  readonly #polynomial: bigint;
  /** Parts are mostly of one size, and a power costs a hundred times a product. */
  readonly #shifts = new Map<number, bigint>();

  constructor(bits: bigint, polynomial: bigint) {
    this.#one = 1n << (bits - 1n);
    this.#polynomial = polynomial;
  }

  multiply(a: bigint, b: bigint): bigint {
    let product = 0n;
    let factor = b;
    for (let bit = this.#one; bit !== 0n; bit >>= 1n) {
      if ((a & bit) !== 0n) product ^= factor;
      factor = (factor & 1n) === 0n ? factor >> 1n : (factor >> 1n) ^ this.#polynomial;
    }
    return product;
  }

  /** x^(8 * sizeBytes). */
  shiftBy(sizeBytes: number): bigint {
    const known = this.#shifts.get(sizeBytes);
    if (known !== undefined) return known;
    let power = this.#one;
    let square = this.#one >> 1n;
    for (let exponent = BigInt(sizeBytes) * 8n; exponent !== 0n; exponent >>= 1n) {
      if ((exponent & 1n) === 1n) power = this.multiply(power, square);
      square = this.multiply(square, square);
    }
    this.#shifts.set(sizeBytes, power);
    return power;
  }
}
