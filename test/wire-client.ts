import { Connection, headerOf } from '../bench/connection.ts';
import type { HttpResponse } from '../bench/connection.ts';
import { objectPath, signedHead } from '../bench/sign.ts';
import type { Endpoint } from '../bench/sign.ts';

export interface WireRequest {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payloadHash?: string;
  readonly body?: Buffer;
}

/** A signed request at a time over one keep-alive connection, which it makes anew when it has gone. */
export class WireClient {
  readonly #endpoint: Endpoint;
  #connection: Connection | undefined;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  async request({ body, ...request }: WireRequest): Promise<HttpResponse> {
    const { host, port } = this.#endpoint;
    if (this.#connection?.isOpen !== true) this.#connection = await Connection.open(host, port);
    const head = signedHead(this.#endpoint, { ...request, contentLength: body?.length ?? 0 });
    return this.#connection.send({ head, keepBody: true, ...(body === undefined ? {} : { body }) });
  }

  async makeBucket(bucket: string): Promise<void> {
    const { status, body } = await this.request({ method: 'PUT', path: `/${bucket}` });
    if (status !== 200) throw new Error(`CreateBucket answered ${status}: ${body.toString()}`);
  }

  async put(bucket: string, key: string, body: Buffer): Promise<HttpResponse> {
    return this.request({ method: 'PUT', path: objectPath(bucket, key), body });
  }

  async get(bucket: string, key: string): Promise<HttpResponse> {
    return this.request({ method: 'GET', path: objectPath(bucket, key) });
  }

  async delete(bucket: string, key: string): Promise<HttpResponse> {
    return this.request({ method: 'DELETE', path: objectPath(bucket, key) });
  }

  async createUpload(bucket: string, key: string): Promise<string> {
    const { body } = await this.request({ method: 'POST', path: objectPath(bucket, key), query: { uploads: '' } });
    const uploadId = /<UploadId>([^<]+)</.exec(body.toString())?.[1];
    if (uploadId === undefined) throw new Error(`CreateMultipartUpload answered ${body.toString()}`);
    return uploadId;
  }

  /** Resolves to the part's ETag, with its quotes. */
  async putPart(
    bucket: string,
    key: string,
    part: { uploadId: string; partNumber: number; body: Buffer },
  ): Promise<string> {
    const { uploadId, partNumber, body } = part;
    const query = { uploadId, partNumber: String(partNumber) };
    const { status, head } = await this.request({ method: 'PUT', path: objectPath(bucket, key), query, body });
    const etag = headerOf(head, 'etag');
    if (status !== 200 || etag === undefined) throw new Error(`UploadPart answered ${status}`);
    return etag;
  }

  async completeUpload(
    bucket: string,
    key: string,
    upload: { uploadId: string; etags: readonly string[] },
  ): Promise<HttpResponse> {
    const parts = upload.etags
      .map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
      .join('');
    return this.request({
      method: 'POST',
      path: objectPath(bucket, key),
      query: { uploadId: upload.uploadId },
      body: Buffer.from(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`),
    });
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

/** The `Code` of an S3 error document. */
export function errorCode({ body }: HttpResponse): string | undefined {
  return /<Code>([^<]*)<\/Code>/.exec(body.toString())?.[1];
}
