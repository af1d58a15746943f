import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type Koa from 'koa';
import { S3Error } from './errors/s3-error.ts';
import type { RequestState } from './filters/state.ts';
import { errorDocument } from './xml/error.ts';

export interface ServerLimits {
  /** All header lines of a request together, in bytes. */
  readonly maxHeaderBytes: number;
  /** From the connection's or the last request's end to the end of the next request's headers, in milliseconds. */
  readonly headersTimeoutMs: number;
  /** How long a connection may stand idle between requests, in milliseconds. */
  readonly keepAliveTimeoutMs: number;
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

export interface S3Server {
  listen(address: ListenAddress): Promise<ListenAddress>;
  /** Takes no new requests, lets running ones finish for up to `graceMs`, then cuts them off. */
  close(graceMs: number): Promise<void>;
}

export function createS3Server(app: Koa<RequestState>, limits: ServerLimits): S3Server {
  const handle = app.callback() as (req: IncomingMessage, res: ServerResponse) => void;
  const server = createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: 0, // a large upload takes as long as it takes: idleness is watched where the body is read
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(5_000, limits.headersTimeoutMs),
    requireHostHeader: false, // refused by the address filter, in XML
    noDelay: true,
    highWaterMark: 64 * 1024, // one network chunk: more at once would have to be joined, a copy of every byte
  });
  let closing = false;
  const serve = (req: IncomingMessage, res: ServerResponse): void => {
    if (closing) res.setHeader('connection', 'close');
    handle(req, res);
  };
  server.on('request', serve);
  server.on('checkContinue', serve); // the body filter says `100 Continue` once the request is let in
  server.on('checkExpectation', serve);
  server.on('clientError', answerClientError);
  return {
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port, backlog: 1024 }, () => {
          server.off('error', reject);
          const bound = server.address() as AddressInfo;
          resolve({ host: bound.address, port: bound.port });
        });
      }),
    close: (graceMs) =>
      new Promise((resolve) => {
        closing = true;
        const cutOff = setTimeout(() => {
          server.closeAllConnections();
        }, graceMs);
        // A connection that was kept alive falls idle when its running request ends.
        const letGo = setInterval(() => {
          server.closeIdleConnections();
        }, 20);
        server.close(() => {
          clearTimeout(cutOff);
          clearInterval(letGo);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

const parserErrors: Readonly<Record<string, S3Error>> = {
  HPE_HEADER_OVERFLOW: new S3Error('RequestHeaderSectionTooLarge'),
  ERR_HTTP_REQUEST_TIMEOUT: new S3Error('RequestTimeout', {
    message: 'Your request headers were not received within the timeout period.',
  }),
};
const unparsable = new S3Error('BadRequest');

/** What Node's parser refuses never becomes a request: it is answered here, as S3 would. */
function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { code, message } = parserErrors[error.code ?? ''] ?? unparsable;
  const text = errorDocument({ code, message, details: {}, resource: '', requestId: '', hostId: '' });
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/xml\r\ncontent-length: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`,
  );
}
