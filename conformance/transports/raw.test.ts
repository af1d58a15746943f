import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startServer } from '../self-test/null-servers.ts';
import { parseResponses } from './http-response.ts';
import { sendRaw, type RawRequest } from './raw.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };

function parse(text: string, methods: string[], ended = false): [number, string, boolean][] {
  const { responses } = parseResponses(Buffer.from(text), methods, ended);
  return responses.map(({ status, body, complete }) => [status, body.toString(), complete]);
}

describe('parseResponses', () => {
  it.each<[string, string, string[], boolean, [number, string, boolean][]]>([
    ['a length', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi', ['GET'], false, [[200, 'hi', true]]],
    ['a body that breaks off', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhi', ['GET'], true, [[200, 'hi', false]]],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
      ['GET'],
      false,
      [[200, 'hi', true]],
    ],
    ['no end but the connection', 'HTTP/1.1 400 Bad\r\n\r\nhi', ['GET'], true, [[400, 'hi', true]]],
    ['HEAD', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n', ['HEAD'], false, [[200, '', true]]],
    [
      'an interim response first',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      ['PUT'],
      false,
      [
        [100, '', true],
        [204, '', true],
      ],
    ],
    [
      'two requests in one go',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\naHTTP/1.1 404 No\r\ncontent-length: 1\r\n\r\nb',
      ['GET', 'GET'],
      false,
      [
        [200, 'a', true],
        [404, 'b', true],
      ],
    ],
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-', ['GET'], false, []],
  ])('reads %s', (_, text, methods, ended, expected) => {
    expect(parse(text, methods, ended)).toEqual(expected);
  });

  it('keeps repeated headers', () => {
    const { responses } = parseResponses(
      Buffer.from('HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\ncontent-length: 0\r\n\r\n'),
      ['GET'],
      false,
    );
    expect(responses[0]?.rawHeaders.slice(0, 2)).toEqual([
      ['A', '1'],
      ['a', '2'],
    ]);
    expect(responses[0]?.headers['a']).toBe('1, 2');
  });

  it('says so when it is not HTTP', () => {
    expect(() => parseResponses(Buffer.from('SSH-2.0\r\n\r\n'), ['GET'], true)).toThrow('not an HTTP response');
  });
});

/** Sends the request to a server that closes after what it read, and returns that. */
async function bytesOf(request: RawRequest): Promise<string> {
  const pieces: Buffer[] = [];
  const server = createTcpServer((socket) => {
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('error', () => undefined);
    setTimeout(() => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'), 100);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await sendRaw(request, { endpoint, credentials, region: 'us-east-1', signal: AbortSignal.timeout(5_000) });
  server.close();
  return Buffer.concat(pieces).toString('latin1');
}

describe('sendRaw', () => {
  it('sends path, query and headers as they stand', async () => {
    const text = await bytesOf({
      method: 'GET',
      path: '/b/%2e%2e//k',
      query: 'uploads',
      headers: [['X-Odd', ' a ']],
      sign: false,
    });
    expect(text).toMatch(
      /^GET \/b\/%2e%2e\/\/k\?uploads HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\nX-Odd: {2}a \r\n\r\n$/,
    );
  });

  it('signs, and gives the length of a body', async () => {
    const text = await bytesOf({ method: 'PUT', path: '/b/k', body: 'hello' });
    expect(text).toContain('content-length: 5\r\n');
    expect(text).toContain(
      'x-amz-content-sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\r\n',
    );
    expect(text).toMatch(
      /authorization: AWS4-HMAC-SHA256 Credential=key\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=content-length;host;x-amz-content-sha256;x-amz-date, /,
    );
    expect(text.endsWith('\r\n\r\nhello')).toBe(true);
  });

  it.each<[string, Partial<RawRequest>, RegExp]>([
    ['a header of the same name wins', { headers: [['content-length', '99']] }, /content-length: 99\r\n/],
    ['no length at all', { framing: 'none' }, /^(?![^]*content-length)[^]*hello$/],
    ['transfer chunks', { framing: 'chunked' }, /transfer-encoding: chunked\r\n[^]*\r\n\r\n5\r\nhello\r\n0\r\n\r\n$/],
    ['HTTP/1.0', { httpVersion: '1.0' }, /^PUT \/b\/k HTTP\/1\.0\r\n/],
    ['own steps', { steps: (head) => [{ send: head }, { pauseMs: 5 }, { send: 'he' }] }, /\r\n\r\nhe$/],
    ['an unsigned payload', { payload: 'unsigned' }, /x-amz-content-sha256: UNSIGNED-PAYLOAD\r\n/],
  ])('can send %s', async (_, extra, pattern) => {
    expect(await bytesOf({ method: 'PUT', path: '/b/k', body: 'hello', ...extra })).toMatch(pattern);
  });

  it('tells a closed connection from a time-out', async () => {
    const closing = await startServer((request) => request.socket.destroy());
    const silent = await startServer((request) => request.resume());
    const send = (endpoint: URL, timeoutMs: number): ReturnType<typeof sendRaw> =>
      sendRaw(
        { method: 'GET', path: '/' },
        { endpoint, credentials, region: 'r', signal: AbortSignal.timeout(timeoutMs) },
      );
    expect((await send(closing.endpoint, 5_000)).noResponse).toBe('connection');
    expect((await send(silent.endpoint, 50)).noResponse).toBe('timeout');
    await Promise.all([closing.close(), silent.close()]);
  });
});
