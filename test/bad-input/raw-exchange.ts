import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Endpoint } from '../../bench/sign.ts';

/** Bytes to send, or milliseconds to wait before the next ones. */
export type Script = readonly (string | Buffer | number)[];

/** What came back until the answer was complete or the server closed; `hung` when neither came. */
export interface RawOutcome {
  readonly kind: 'answered' | 'closed' | 'hung';
  readonly status: number;
  /** Of the S3 error document. */
  readonly code: string;
  readonly text: string;
}

const patienceMs = 8000;

function answerOf(text: string, isHead: boolean): RawOutcome | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const status = Number(text.slice(9, 12));
  const length = isHead ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
  if (status === 100 || Buffer.byteLength(text, 'latin1') < end + 4 + length) return undefined;
  return { kind: 'answered', status, code: /<Code>([^<]*)</.exec(text)?.[1] ?? '', text };
}

async function play(socket: Socket, script: Script): Promise<void> {
  for (const step of script) {
    if (socket.destroyed) return;
    if (typeof step === 'number') await sleep(step);
    else socket.write(step, 'latin1');
  }
}

/** Sends exactly these bytes to the gateway. */
export async function rawExchange(endpoint: Endpoint, script: Script): Promise<RawOutcome> {
  const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
  const isHead = typeof script[0] === 'string' && script[0].startsWith('HEAD ');
  let text = '';
  const outcome = new Promise<RawOutcome>((resolve) => {
    const patience = setTimeout(() => {
      resolve({ kind: 'hung', status: 0, code: '', text });
    }, patienceMs);
    const end = (kind: RawOutcome): void => {
      clearTimeout(patience);
      resolve(kind);
    };
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
      const answer = answerOf(text, isHead);
      if (answer !== undefined) end(answer);
    });
    socket.on('error', () => {
      // A reset is a closed connection: 'close' follows.
    });
    socket.on('close', () => {
      end(answerOf(text, isHead) ?? { kind: 'closed', status: 0, code: '', text });
    });
  });
  socket.once('connect', () => void play(socket, script));
  const result = await outcome;
  socket.destroy();
  return result;
}

/** In a table of expectations: `400 MalformedXML`, `closed`, `hung`. */
export function summary({ kind, status, code }: RawOutcome): string {
  return kind === 'answered' ? `${status} ${code}`.trim() : kind;
}
