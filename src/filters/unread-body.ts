import type { Exchange } from './state.ts';

/** How much of a refused body is still taken in, and for how long, so that the client gets to read the answer. */
const lingerBytes = 4 * 1024 * 1024;
const lingerMs = 2_000;

/** Whether the client is still sending, or has yet to be told to send, a body that nobody will read. */
export function hasUnreadBody({ req }: Exchange): boolean {
  return !req.complete && (req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0);
}

/**
 * Throws away what the client still sends after the answer was written. A socket closed with unread bytes is reset,
 * and a reset makes the client lose the answer.
 */
export async function linger({ req }: Exchange): Promise<void> {
  const deadline = Date.now() + lingerMs;
  let taken = 0;
  while (!req.readableEnded && !req.destroyed && taken < lingerBytes) {
    const left = deadline - Date.now();
    if (left <= 0) return;
    const chunk = req.read() as Buffer | null;
    if (chunk !== null) taken += chunk.length;
    else await eventOrTimeout(req, left);
  }
}

function eventOrTimeout(req: Exchange['req'], timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      for (const name of ['readable', 'end', 'error', 'close']) req.off(name, settle);
      resolve();
    };
    const timer = setTimeout(settle, timeoutMs);
    for (const name of ['readable', 'end', 'error', 'close']) req.on(name, settle);
  });
}
