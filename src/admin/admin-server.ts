import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdminApp, type AdminFacts } from './admin-app.ts';

export interface AdminServer {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Rejects with Node's error when the address cannot be taken. */
export async function startAdminServer(at: { host: string; port: number }, facts: AdminFacts): Promise<AdminServer> {
  const handle = createAdminApp(facts).callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    host: at.host,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
