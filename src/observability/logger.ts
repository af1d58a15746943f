import { pino, type DestinationStream, type Logger } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface GatewayLogger {
  readonly log: Logger;
  /** For lines of fixed fields without a secret: looking for secrets costs four fifths of such a line. */
  readonly requestLog: Logger;
  /**
   * Writes what is held back, at the end. Resolves to false when nobody reads the other end: the rest is given up, and
   * a thread that hangs in the writing may keep the process from an orderly exit.
   */
  end(): Promise<boolean>;
}

/** One write stays under the size that a pipe takes whole, so that lines of several processes do not mix. */
const heldBackBytes = 3000;
const flushEveryMs = 500;
/** Lines beyond this are dropped: a reader that stands still must not fill the memory. */
const mostHeldBackBytes = 8 * 1024 ** 2;
const lastFlushMs = 500;

const redacted = ['authorization', 'secret', 'secretKey', 'secretAccessKey'];

const plainOptions = (level: LogLevel) => ({
  level,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label: string) => ({ level: label }), bindings: () => ({ pid: process.pid }) },
});

const options = (level: LogLevel) => ({
  ...plainOptions(level),
  redact: { paths: [...redacted, ...redacted.map((name) => `*.${name}`)], censor: '***' },
});

/** Lines of JSON on stderr, written together a few at a time, and at least twice a second. */
export function stderrLogger(level: LogLevel): GatewayLogger {
  const destination = pino.destination({
    fd: 2,
    sync: false,
    minLength: heldBackBytes,
    maxLength: mostHeldBackBytes,
    periodicFlush: flushEveryMs,
  });
  // A closed stderr is no reason to stop serving.
  destination.on('error', () => undefined);
  return {
    log: pino(options(level), destination),
    requestLog: pino(plainOptions(level), destination),
    end: async () => {
      const isWritten = await new Promise<boolean>((resolve) => {
        setTimeout(() => resolve(false), lastFlushMs).unref();
        destination.flush(() => resolve(true));
      });
      // Else pino would try again at the exit, and wait.
      if (!isWritten) destination.destroy();
      return isWritten;
    },
  };
}

export function loggerTo(level: LogLevel, destination: DestinationStream): Logger {
  return pino(options(level), destination);
}
