import type { IncomingMessage } from 'node:http';
import { ClientGone } from '../errors/client-gone.ts';
import { S3Error } from '../errors/s3-error.ts';

export interface RequestBytesOptions {
  /** How long the client may send nothing. */
  readonly idleTimeoutMs: number;
  /** Called before the first byte is asked for: the moment for `100 Continue`. */
  readonly beforeFirstRead: () => void;
  readonly onBytes: (count: number) => void;
}

/**
 * A request's bytes, pulled: the socket is read only as fast as they are taken. Throws ClientGone when the connection
 * ends before the body does, and RequestTimeout when nothing comes for too long.
 */
export async function* requestBytes(req: IncomingMessage, options: RequestBytesOptions): AsyncGenerator<Buffer> {
  options.beforeFirstRead();
  for (;;) {
    const chunk = req.read() as Buffer | null;
    if (chunk !== null) {
      options.onBytes(chunk.length);
      yield chunk;
    } else if (req.readableEnded) {
      return;
    } else {
      await readable(req, options.idleTimeoutMs);
    }
  }
}

function readable(req: IncomingMessage, idleTimeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (req.destroyed) {
      reject(new ClientGone());
      return;
    }
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      req.off('readable', onReadable).off('end', onReadable).off('error', onGone).off('close', onGone);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onReadable = (): void => {
      settle();
    };
    const onGone = (cause?: Error): void => {
      settle(new ClientGone({ cause }));
    };
    const timer = setTimeout(() => {
      settle(new S3Error('RequestTimeout', { headers: { connection: 'close' } }));
    }, idleTimeoutMs);
    req.on('readable', onReadable).on('end', onReadable).on('error', onGone).on('close', onGone);
  });
}
