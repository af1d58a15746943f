import { createServer } from 'node:net';

/** @throws Error when something listens there; better said before a minute of starting a cluster than after it */
export async function assertFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', () => {
      reject(new Error(`port ${port} of this machine is in use; next: end what listens there`));
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve();
      });
    });
  });
}
