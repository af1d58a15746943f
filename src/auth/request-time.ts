import { S3Error } from '../errors/s3-error.ts';

const maxSkewMs = 15 * 60 * 1000;

export interface RequestTime {
  /** `YYYYMMDDTHHMMSSZ`, as it is signed. */
  readonly dateTime: string;
  readonly ms: number;
}

const basicForm = /^\d{8}T([01]\d|2[0-3])[0-5]\d[0-5]\dZ$/;
// RFC 9110 section 5.6.7, the preferred form, with the numeric zone that S3 takes too.
const httpForm = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/;

function toDateTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Undefined for what is no such time, the 31st of February included. */
export function parseBasicTime(text: string): RequestTime | undefined {
  if (!basicForm.test(text)) return undefined;
  const month = Number(text.slice(4, 6));
  const day = Number(text.slice(6, 8));
  const [hour, minute, second] = [text.slice(9, 11), text.slice(11, 13), text.slice(13, 15)].map(Number);
  const ms = Date.UTC(Number(text.slice(0, 4)), month - 1, day, hour, minute, second);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { dateTime: text, ms } : undefined;
}

function parseHttpTime(text: string): RequestTime | undefined {
  const ms = httpForm.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : { dateTime: toDateTime(ms), ms };
}

/** The time of a request signed in its header: x-amz-date, else Date. */
export function requestTime(amzDate: string | undefined, date: string | undefined): RequestTime {
  const time =
    amzDate === undefined ? (parseHttpTime(date ?? '') ?? parseBasicTime(date ?? '')) : parseBasicTime(amzDate);
  if (time !== undefined) return time;
  throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' });
}

export function refuseSkew(time: RequestTime, now: Date): void {
  if (Math.abs(now.getTime() - time.ms) <= maxSkewMs) return;
  throw new S3Error('RequestTimeTooSkewed', {
    details: {
      RequestTime: time.dateTime,
      ServerTime: serverTime(now),
      MaxAllowedSkewMilliseconds: String(maxSkewMs),
    },
  });
}

/** A presigned request is valid from its date, give or take the skew, until it expires. */
export function refuseOutsideOf(time: RequestTime, expiresSeconds: number, now: Date): void {
  const expiryMs = time.ms + expiresSeconds * 1000;
  if (now.getTime() > expiryMs) {
    throw new S3Error('AccessDenied', {
      message: 'Request has expired',
      details: {
        'X-Amz-Expires': String(expiresSeconds),
        Expires: serverTime(new Date(expiryMs)),
        ServerTime: serverTime(now),
      },
    });
  }
  if (now.getTime() < time.ms - maxSkewMs) {
    throw new S3Error('AccessDenied', {
      message: 'Request is not valid yet',
      details: { 'X-Amz-Date': time.dateTime, ServerTime: serverTime(now) },
    });
  }
}

function serverTime(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}
