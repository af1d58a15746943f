import type { OperationName } from '../../catalogue.ts';
import type { HeaderPair, QueryPair } from '../../transports/sigv4.ts';
import { operationOf } from './operation-of.ts';

interface RequestParts {
  readonly method: string;
  /** As it is on the request line, percent-encoded, without the query. */
  readonly path: string;
  /** Decoded. */
  readonly query: readonly QueryPair[];
  readonly headers: readonly HeaderPair[];
  /** Out of the frames of aws-chunked; its trailers are among the headers. */
  readonly body: Buffer;
}

function valueOf(headers: readonly HeaderPair[], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

function replaced(headers: readonly HeaderPair[], name: string, value: string | undefined): HeaderPair[] {
  const others = headers.filter(([one]) => one.toLowerCase() !== name.toLowerCase());
  return value === undefined ? others : [...others, [name, value]];
}

/** A request between the suite and the gateway. A change makes another one, which is then signed anew. */
export class S3Request implements RequestParts {
  readonly method: string;
  readonly path: string;
  readonly query: readonly QueryPair[];
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
  readonly bucket: string;
  /** Percent-encoded. */
  readonly key: string;
  readonly operation: OperationName | undefined;
  /** The client left before the body was whole: such a request goes on only when it was made another one. */
  readonly isCutOff: boolean;

  constructor(parts: RequestParts, isCutOff = false) {
    this.isCutOff = isCutOff;
    ({ method: this.method, path: this.path, query: this.query, headers: this.headers, body: this.body } = parts);
    const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(this.path) ?? [];
    this.bucket = bucket;
    this.key = key;
    this.operation = operationOf(this);
  }

  with(changes: Partial<RequestParts>): S3Request {
    const { method, path, query, headers, body } = this;
    return new S3Request({ method, path, query, headers, body, ...changes });
  }

  header(name: string): string | undefined {
    return valueOf(this.headers, name);
  }

  /** `undefined` takes it away. */
  withHeader(name: string, value?: string): S3Request {
    return this.with({ headers: replaced(this.headers, name, value) });
  }

  withoutHeaders(names: RegExp): S3Request {
    return this.with({ headers: this.headers.filter(([name]) => !names.test(name)) });
  }

  param(name: string): string | undefined {
    return this.query.find(([one]) => one === name)?.[1];
  }

  withParam(name: string, value?: string): S3Request {
    const others = this.query.filter(([one]) => one !== name);
    return this.with({ query: value === undefined ? others : [...others, [name, value]] });
  }

  withText(edit: (text: string) => string): S3Request {
    return this.with({ body: Buffer.from(edit(this.body.toString('utf8'))) });
  }
}

interface ResponseParts {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
}

/** A response between the gateway and the suite. */
export class S3Response implements ResponseParts {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;

  constructor(parts: ResponseParts) {
    ({ status: this.status, headers: this.headers, body: this.body } = parts);
  }

  get isSuccess(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** Of the error document. */
  get code(): string | undefined {
    return this.isSuccess ? undefined : /<Code>([^<]*)<\/Code>/.exec(this.body.toString('utf8'))?.[1];
  }

  with(changes: Partial<ResponseParts>): S3Response {
    const { status, headers, body } = this;
    return new S3Response({ status, headers, body, ...changes });
  }

  header(name: string): string | undefined {
    return valueOf(this.headers, name);
  }

  /** `undefined` takes it away. */
  withHeader(name: string, value?: string): S3Response {
    return this.with({ headers: replaced(this.headers, name, value) });
  }

  withoutHeaders(names: RegExp): S3Response {
    return this.with({ headers: this.headers.filter(([name]) => !names.test(name)) });
  }

  withBody(body: Buffer): S3Response {
    return this.with({ body, headers: replaced(this.headers, 'content-length', String(body.length)) });
  }

  withText(edit: (text: string) => string): S3Response {
    return this.withBody(Buffer.from(edit(this.body.toString('utf8'))));
  }
}

/** An answer without a body, as a server gives it that does nothing. */
export function emptyAnswer(status: number): S3Response {
  return new S3Response({ status, headers: [['content-length', '0']], body: Buffer.alloc(0) });
}
