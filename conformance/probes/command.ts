import * as sdk from '@aws-sdk/client-s3';
import type { Operation } from '../catalogue.ts';
import type { SubjectOptions } from '../engine/case-context.ts';
import type { Target } from '../engine/target.ts';
import type { S3Command } from '../transports/sdk.ts';
import type { SdkRequest } from '../transports/sdk-http.ts';
import { authorizationHeader, sign, type QueryPair, type SigningInput } from '../transports/sigv4.ts';
import { probeInput, type ProbeAim } from './inputs.ts';

type CommandClass = new (input: Record<string, unknown>) => S3Command<unknown>;

/** The SDK's command for any operation of the catalogue, with a probe's input. */
export function probeCommand(operation: Operation, aim: ProbeAim): S3Command<unknown> {
  const command = (sdk as unknown as Record<string, CommandClass | undefined>)[`${operation.name}Command`];
  if (command === undefined) throw new Error(`The SDK in use has no command ${operation.name}`);
  return new command(probeInput(operation, aim));
}

/**
 * The SDK signs ListDirectoryBuckets and WriteGetObjectResponse for other AWS services; at an S3 endpoint that is a wrong
 * signature and says nothing about the operation. So requests without a bucket are signed again, for s3.
 */
export function probeOptions(operation: Operation, target: Target): SubjectOptions {
  if (operation.resource !== 'service') return {};
  return { mutate: { step: 'finalizeRequest', change: (request) => signForS3(request, target) } };
}

function signForS3(request: SdkRequest, { options }: Target): void {
  delete request.headers['authorization'];
  const input: SigningInput = {
    method: request.method,
    path: request.path,
    query: Object.entries(request.query).map(([name, value]): QueryPair => [name, String(value ?? '')]),
    headers: Object.entries(request.headers),
    payloadHash: request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
    credentials: options.credentials,
    region: options.region,
    date: dateFrom(request.headers['x-amz-date'] ?? ''),
  };
  request.headers['authorization'] = authorizationHeader(input, sign(input));
}

/** `20260131T235959Z` as a date. */
function dateFrom(timestamp: string): Date {
  return new Date(timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
