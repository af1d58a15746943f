import { createHmac } from 'node:crypto';

const maxKept = 1000;

function hmac(key: string | Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html (task 3) */
export function deriveSigningKey(secret: string, date: string, region: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), 's3'), 'aws4_request');
}

/** Keeps the keys it derived, the oldest making room: a client's key stays the same for a day. */
export class SigningKeys {
  private readonly kept = new Map<string, Buffer>();

  keyOf(secret: string, date: string, region: string): Buffer {
    const name = `${date}/${region}/${secret}`;
    const known = this.kept.get(name);
    if (known !== undefined) return known;
    const key = deriveSigningKey(secret, date, region);
    if (this.kept.size >= maxKept) {
      const oldest = this.kept.keys().next();
      if (oldest.done !== true) this.kept.delete(oldest.value);
    }
    this.kept.set(name, key);
    return key;
  }
}
