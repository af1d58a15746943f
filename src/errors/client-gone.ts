/** The client closed its connection before the exchange was over: not an error of ours, and nobody is left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
  readonly code = 'ERR_STREAM_PREMATURE_CLOSE';

  constructor(options?: ErrorOptions) {
    super('the client closed the connection', options);
  }
}

const goneCodes = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ABORT_ERR', 'ERR_STREAM_DESTROYED']);

export function isClientGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && goneCodes.has(String(error.code));
}
