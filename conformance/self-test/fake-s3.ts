import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

interface FakeBucket {
  readonly made: Date;
  readonly objects: Map<string, Buffer>;
}

/** What a request is about, as a fault looks at it. */
export interface FakeRequest {
  readonly method: string;
  readonly host: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** Answers in place of the server when it returns true. */
export type Fault = (request: FakeRequest, response: ServerResponse) => boolean;

export function refuse(response: ServerResponse, status: number, code: string): void {
  const document = `<Error><Code>${code}</Code><Message>no</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(document);
}

/** A fault that refuses what fits. */
export function refusing(status: number, code: string, isMeant: (request: FakeRequest) => boolean): Fault {
  return (request, response) => {
    if (!isMeant(request)) return false;
    refuse(response, status, code);
    return true;
  };
}

function xml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(body);
}

/** Undefined when the client went away in the middle. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces);
}

/** Undefined for a path that cannot be decoded, or is none. */
function addressOf(target: string): Omit<FakeRequest, 'method' | 'host'> | undefined {
  try {
    const { pathname, searchParams: query } = new URL(target, 'http://fake');
    query.delete('x-id');
    const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodeURIComponent(pathname)) ?? [];
    return { bucket, key, query };
  } catch {
    return undefined;
  }
}

function listedBucket([name, { made }]: [string, FakeBucket]): string {
  return `<Bucket><Name>${name}</Name><CreationDate>${made.toISOString()}</CreationDate></Bucket>`;
}

/** A server that has buckets and objects, and just what a run needs to start; whatever else it is asked, it ignores. */
export class FakeS3 {
  readonly buckets = new Map<string, FakeBucket>();
  /** `METHOD /path?query`, without `x-id`. */
  readonly requests: string[] = [];
  readonly #fault: Fault;

  constructor(fault: Fault = () => false) {
    this.#fault = fault;
  }

  readonly listener: RequestListener = (incoming, response) => {
    const { method = '', url = '/' } = incoming;
    this.requests.push(`${method} ${url.replace(/[?&]x-id=\w+/, '')}`);
    const address = addressOf(url);
    void bodyOf(incoming).then((body) => {
      if (body === undefined) response.destroy();
      else if (address === undefined) refuse(response, 400, 'InvalidURI');
      else {
        const request = { method, host: incoming.headers.host ?? '', ...address };
        if (!this.#fault(request, response)) this.#answer(request, body, response);
      }
    });
  };

  #answer(request: FakeRequest, body: Buffer, response: ServerResponse): void {
    if (request.key !== '') this.#onObject(request, body, response);
    else if (request.bucket !== '') this.#onBucket(request, response);
    else {
      const listed = [...this.buckets].map(listedBucket).join('');
      xml(response, `<ListAllMyBucketsResult><Buckets>${listed}</Buckets></ListAllMyBucketsResult>`);
    }
  }

  #onBucket({ method, bucket: name, query }: FakeRequest, response: ServerResponse): void {
    const bucket = this.buckets.get(name);
    const isMaking = method === 'PUT' && query.size === 0;
    if (isMaking) {
      this.buckets.set(name, bucket ?? { made: new Date(), objects: new Map() });
      response.writeHead(200, { location: `/${name}` }).end();
    } else if (bucket === undefined) refuse(response, 404, 'NoSuchBucket');
    else if (method === 'PUT') response.writeHead(200).end();
    else if (method === 'DELETE' && bucket.objects.size > 0) refuse(response, 409, 'BucketNotEmpty');
    else if (method === 'DELETE') {
      this.buckets.delete(name);
      response.writeHead(204).end();
    } else if (query.has('uploads')) xml(response, '<ListMultipartUploadsResult></ListMultipartUploadsResult>');
    else {
      const keys = [...bucket.objects.keys()].map((key) => `<Contents><Key>${key}</Key></Contents>`);
      xml(response, `<ListBucketResult><Name>${name}</Name>${keys.join('')}</ListBucketResult>`);
    }
  }

  #onObject({ method, bucket: name, key }: FakeRequest, body: Buffer, response: ServerResponse): void {
    const objects = this.buckets.get(name)?.objects;
    if (objects === undefined) refuse(response, 404, 'NoSuchBucket');
    else if (method === 'POST') xml(response, `<Initiated><UploadId>upload-of-${key}</UploadId></Initiated>`);
    else if (method === 'PUT') {
      objects.set(key, body);
      response.writeHead(200, { etag: '"0"' }).end();
    } else if (method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (!objects.has(key)) refuse(response, 404, 'NoSuchKey');
    else response.writeHead(200, { etag: '"0"' }).end(objects.get(key));
  }
}
