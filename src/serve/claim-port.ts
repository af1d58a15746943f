import { createServer, type AddressInfo } from 'node:net';
import type { ListenAddress } from '../server.ts';

/**
 * Finds out whether an address can be listened on, and which port a 0 stands for, before any worker is there. Workers
 * need one port by its number: node:cluster takes a 0 and what it came to for two addresses. Rejects with Node's error.
 */
export async function claimPort({ host, port }: ListenAddress): Promise<ListenAddress> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  const claimed = { host, port: (server.address() as AddressInfo).port };
  await new Promise((resolve) => server.close(resolve));
  return claimed;
}
