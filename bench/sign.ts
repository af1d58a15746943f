import { createHash, createHmac } from 'node:crypto';

/** An S3 endpoint on plain HTTP, and who calls it. */
export interface Endpoint {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface UnsignedRequest {
  readonly method: string;
  /** As it goes on the wire: percent-encoded, beginning with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent and signed, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hex. Default: UNSIGNED-PAYLOAD. */
  readonly payloadHash?: string;
  /** Default 0. */
  readonly contentLength?: number;
  readonly date?: Date;
}

const region = 'us-east-1';

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const signingKeys = new Map<string, Buffer>();

function signingKey(secretKey: string, day: string): Buffer {
  const id = `${day} ${secretKey}`;
  let key = signingKeys.get(id);
  if (key === undefined) {
    key = [region, 's3', 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secretKey}`, day));
    signingKeys.set(id, key);
  }
  return key;
}

/** Percent-encodes everything but A-Z a-z 0-9 - . _ ~, as Signature V4 wants it. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The path of an object as it goes on the wire; slashes in the key stay. */
export function objectPath(bucket: string, key: string): string {
  return `/${bucket}/${key.split('/').map(encode).join('/')}`;
}

function queryString(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

/**
 * The headers to send, Authorization and Content-Length among them; good for 15 minutes.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signedHeaders(endpoint: Endpoint, request: UnsignedRequest): readonly (readonly [string, string])[] {
  const timestamp = (request.date ?? new Date()).toISOString().replace(/[-:]|\.\d+/g, '');
  const day = timestamp.slice(0, 8);
  const payloadHash = request.payloadHash ?? 'UNSIGNED-PAYLOAD';
  const headers = Object.entries({
    ...request.headers,
    host: `${endpoint.host}:${endpoint.port}`,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': timestamp,
  }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = headers.map(([name]) => name).join(';');
  const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('');
  const query = queryString(request.query ?? {});
  const canonical = `${request.method}\n${request.path}\n${query}\n${lines}\n${names}\n${payloadHash}`;
  const scope = `${day}/${region}/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const signature = hmac(
    signingKey(endpoint.secretKey, day),
    `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${digest}`,
  ).toString('hex');
  const credential = `Credential=${endpoint.accessKey}/${scope}`;
  return [
    ...headers,
    ['authorization', `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`],
    ['content-length', String(request.contentLength ?? 0)],
  ];
}

/** Path and query as they go on the wire. */
export function requestTarget({ path, query = {} }: UnsignedRequest): string {
  const text = queryString(query);
  return text === '' ? path : `${path}?${text}`;
}

/** The head of a signed HTTP/1.1 request, to the empty line. */
export function signedHead(endpoint: Endpoint, request: UnsignedRequest): string {
  const lines = signedHeaders(endpoint, request).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${request.method} ${requestTarget(request)} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
