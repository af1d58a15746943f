import type { HeaderPair } from '../../transports/sigv4.ts';

export interface Decoded {
  readonly payload: Buffer;
  readonly trailers: readonly HeaderPair[];
}

const crlf = '\r\n';

/** Takes the payload out of aws-chunked as far as the framing is right; no signature is looked at. */
export function decodeAwsChunked(framed: Buffer): Decoded {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = framed.indexOf(crlf, at);
    const size = lineEnd < 0 ? NaN : parseInt(framed.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size)) return { payload: Buffer.concat(pieces), trailers: [] };
    at = lineEnd + crlf.length;
    if (size === 0) break;
    pieces.push(framed.subarray(at, at + size));
    at += size + crlf.length;
  }
  return { payload: Buffer.concat(pieces), trailers: trailersIn(framed.toString('latin1', at)) };
}

function trailersIn(text: string): HeaderPair[] {
  const pairs = text.split(/\r?\n/).map((line): HeaderPair => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return pairs.filter(([name]) => name !== '' && name !== 'x-amz-trailer-signature');
}
