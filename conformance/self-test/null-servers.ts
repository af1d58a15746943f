import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function errorDocument(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>no</Message><RequestId>0</RequestId></Error>`;
}

const secondMs = 1_000;

/** An answer that begins after a second, and then takes a second for each byte. */
function trickle(response: ServerResponse, body: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at === 0) response.writeHead(200, { 'content-type': 'application/xml', 'content-length': body.length });
    response.write(body.slice(at, at + 1));
    at += 1;
  }, secondMs);
  response.on('close', () => {
    clearInterval(timer);
  });
}

/** Servers that implement nothing, each in its own way. */
export const nullServers = {
  'empty 200': (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-length': 0 });
    response.end();
  },
  '501 NotImplemented': (request, response) => {
    request.resume();
    answer(response, 501, 'application/xml', errorDocument('NotImplemented'));
  },
  '403 AccessDenied': (request, response) => {
    request.resume();
    answer(response, 403, 'application/xml', errorDocument('AccessDenied'));
  },
  'HTML 500': (request, response) => {
    request.resume();
    answer(response, 500, 'text/html', '<html><body><h1>Internal Server Error</h1></body></html>');
  },
  'closed socket': (request) => {
    request.socket.destroy();
  },
  silent: (request) => {
    request.resume(); // and never an answer
  },
  'byte by byte': (request, response) => {
    request.resume();
    trickle(response, errorDocument('SlowDown'));
  },
} as const satisfies Record<string, RequestListener>;

export type NullServer = keyof typeof nullServers;

export interface RunningServer {
  readonly endpoint: URL;
  close(): Promise<void>;
}

/** `onBroken` gets what is no HTTP; without it Node answers 400. */
export async function startServer(
  listener: RequestListener,
  onBroken?: (error: Error, socket: Duplex) => void,
): Promise<RunningServer> {
  const server: Server = createServer(listener);
  if (onBroken !== undefined) server.on('clientError', onBroken);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { endpoint: new URL(`http://127.0.0.1:${port}`), close };
}
