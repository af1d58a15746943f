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
    const said = exchange.error?.message ?? 'no answer';
    // The SDK may wrap the socket's error; its code is then in the message alone.
    const code =
      Object.keys(connectionProblems).find((known) => said.includes(known) || codeOf(exchange.error) === known) ?? '';
    const words = signal.aborted ? 'no answer within 10 s' : code === '' ? said : code;
    const nextStep = connectionProblems[code] ?? 'check --endpoint, and that the server answers there.';
    return { problem: `${where} cannot be reached (${words})`, nextStep };
  }
  const code = readErrorDocument(exchange.response.body)?.code ?? '';
  const nextStep = keyProblems[code];
  return nextStep === undefined ? undefined : { problem: `${where} refuses the key pair (${code})`, nextStep };
}

function codeOf(error: Error | undefined): string | undefined {
  return (error as (Error & { code?: string }) | undefined)?.code;
}
