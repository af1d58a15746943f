import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Server as GrpcServer, ServerCredentials, credentials, status } from '@grpc/grpc-js';
import type { DatanodeDetails } from '../proto/hdds.ts';
import { Channels, addressOf, type RawStream } from './channels.ts';

const datanode = (port: number, ipAddress = '127.0.0.1'): DatanodeDetails => ({
  uuid: 'd',
  ipAddress,
  hostName: 'dn.example.com',
  ports: [
    { name: 'RATIS', value: 1 },
    { name: 'STANDALONE', value: port },
  ],
  currentVersion: 3,
});

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function openChannels(connectTimeoutMs: number): Channels {
  const channels = new Channels({
    credentials: credentials.createInsecure(),
    useHostNames: false,
    idleMs: 1000,
    connectTimeoutMs,
  });
  closers.push(() => channels.close());
  return channels;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** gRPC's code when the stream is over. */
function endOf(stream: RawStream): Promise<number> {
  stream.on('error', () => undefined);
  stream.resume();
  return new Promise((resolve) => stream.once('status', ({ code }) => resolve(code)));
}

describe('addressOf', () => {
  it.each([
    ['STANDALONE', '10.0.0.7', false, '10.0.0.7:9'],
    ['RATIS', '10.0.0.7', false, '10.0.0.7:1'],
    ['STANDALONE', 'fd00::7', false, '[fd00::7]:9'],
    ['STANDALONE', '10.0.0.7', true, 'dn.example.com:9'],
  ] as const)('%s of %s, by host name: %s', (port, ipAddress, useHostNames, expected) => {
    expect(addressOf(datanode(9, ipAddress), port, useHostNames)).toBe(expected);
  });

  it('refuses a datanode without such a port', () => {
    expect(() => addressOf({ ...datanode(9), ports: [] }, 'RATIS', false)).toThrow('no port RATIS');
  });
});

describe('Channels', () => {
  it('give up a host that takes connections and says nothing', async () => {
    const sockets: Socket[] = [];
    const port = await listen(createServer((socket) => sockets.push(socket)));
    closers.push(() => sockets.forEach((socket) => socket.destroy()));
    expect(await endOf(openChannels(200).open(datanode(port), 'STANDALONE', '/s/m'))).toBe(status.UNAVAILABLE);
  });

  it('close a connection without streams after a while, and make another when one is needed', async () => {
    const server = new GrpcServer();
    const behind = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    closers.push(() => server.forceShutdown());
    let open = 0;
    let made = 0;
    const port = await listen(
      createServer((socket) => {
        open++;
        made++;
        const upstream = connect(behind, '127.0.0.1');
        for (const side of [socket, upstream]) side.on('error', () => undefined);
        socket.pipe(upstream).pipe(socket);
        socket.once('close', () => {
          open--;
          upstream.destroy();
        });
      }),
    );
    const channels = openChannels(5000);
    for (const round of [1, 2]) {
      expect(await endOf(channels.open(datanode(port), 'STANDALONE', '/s/m'))).toBe(status.UNIMPLEMENTED);
      expect([open, made]).toEqual([1, round]);
      for (let waits = 0; open > 0 && waits < 100; waits++) await sleep(100);
      expect(open).toBe(0);
    }
  }, 30_000);
});
