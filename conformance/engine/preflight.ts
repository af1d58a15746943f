import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { sendCaptured } from '../transports/sdk.ts';
import { readErrorDocument } from './exchange.ts';
import type { Target } from './target.ts';

/** Why a run cannot start, and what to do about it. */
export interface Obstacle {
  readonly problem: string;
  readonly nextStep: string;
}

const keyProblems: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'check --access-key: the endpoint does not know this access key.',
  SignatureDoesNotMatch: 'check --secret-key: the access key is known, but the secret does not fit it.',
  InvalidToken: 'check the session token.',
  ExpiredToken: 'get a new session token: this one has expired.',
  RequestTimeTooSkewed: "set this machine's clock: it is too far from the endpoint's.",
};

const connectionProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: start the server, or check the port in --endpoint.',
  ENOTFOUND: 'the host name does not resolve: check --endpoint.',
  EAI_AGAIN: 'the host name does not resolve: check --endpoint and the name server.',
  ECONNRESET: 'the connection was closed: check that this is an S3 port, and http or https.',
  EPROTO: 'TLS failed: check whether the endpoint is http or https.',
};

/** Looks before the run whether the endpoint answers and takes the keys. A strange answer is left for the cases to judge. */
export async function preflight(target: Target): Promise<Obstacle | undefined> {
  const signal = AbortSignal.timeout(10_000);
  const exchange = await sendCaptured(target.client(), new ListBucketsCommand({}), { signal });
  const where = target.endpoint.origin;
  if (exchange.response === undefined) {
    const code = (exchange.error as (Error & { code?: string }) | undefined)?.code ?? '';
    const words = signal.aborted
      ? 'no answer within 10 s'
      : code === ''
        ? (exchange.error?.message ?? 'no answer')
        : code;
    const nextStep = connectionProblems[code] ?? 'check --endpoint, and that the server answers there.';
    return { problem: `${where} cannot be reached (${words})`, nextStep };
  }
  const code = readErrorDocument(exchange.response.body)?.code ?? '';
  const nextStep = keyProblems[code];
  return nextStep === undefined ? undefined : { problem: `${where} refuses the key pair (${code})`, nextStep };
}
