import { randomUUID } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import { S3Error } from '../../../errors/s3-error.ts';
import type { StoreCall } from '../../values.ts';
import { codecOf, enumNames, enumNumbers } from '../proto/codec.ts';
import type { OmRequest, OmResponse } from '../proto/om.ts';
import { omCommands, type OmAnswerOf, type OmCommand, type OmRequestOf } from './commands.ts';
import { checkRequest } from './guard.ts';
import { OmError } from './om-error.ts';

/** Who asks, as far as the OM is to know. */
export type OmCaller = Pick<StoreCall, 'caller' | 'clientAddress'>;

/** A call as it goes to any of the OMs. */
export interface Envelope {
  readonly request: Buffer;
  readonly metadata: Metadata;
}

const requestCodec = codecOf<OmRequest>('hadoop.ozone.OMRequest');
const responseCodec = codecOf<OmResponse>('hadoop.ozone.OMResponse');
const cmdTypes = enumNumbers('hadoop.ozone.Type');
const statusNames = enumNames('hadoop.ozone.Status');
const clientId = randomUUID();
/** ClientVersion.BUCKET_LAYOUT_SUPPORT: an older client is refused what it could not understand. */
const clientVersion = 3;

/**
 * The only way to make an OMRequest. Throws S3Error for what the OM would take, but must not be given.
 * Without both address headers, and with a userInfo, the OM would act for somebody else than the caller.
 */
export function seal<C extends OmCommand>(
  { caller, clientAddress }: OmCaller,
  command: C,
  request: OmRequestOf<C>,
): Envelope {
  if (caller.accessId === '') throw new S3Error('AccessDenied');
  checkRequest(command, request);
  const metadata = new Metadata();
  metadata.set('client_hostname', clientAddress);
  metadata.set('client_ip_address', clientAddress);
  const envelope = {
    cmdType: cmdTypes[command],
    clientId,
    version: clientVersion,
    s3Authentication: {
      accessId: caller.accessId,
      stringToSign: caller.stringToSign ?? '',
      signature: caller.signature ?? '',
    },
  };
  return { request: requestCodec.encode({ ...envelope, [omCommands[command].request]: request }), metadata };
}

export interface Unsealed<C extends OmCommand> {
  readonly answer: OmAnswerOf<C>;
  readonly error: OmError | undefined;
  /** Whether all OMs have it: such an answer came from the leader. */
  readonly isFromRaft: boolean;
}

export function unseal<C extends OmCommand>(command: C, bytes: Buffer): Unsealed<C> {
  const shape = omCommands[command];
  const response = responseCodec.decode(bytes);
  const status = statusNames[response.status] ?? `status ${response.status}`;
  const isAnswer = status === 'OK' || ('partly' in shape && shape.partly === status);
  const answer = shape.response === undefined ? undefined : response[shape.response];
  const refused = isAnswer ? undefined : new OmError(command, status, response.message);
  const isEmpty = isAnswer && answer === null;
  return {
    answer: answer as OmAnswerOf<C>,
    error: isEmpty ? new OmError(command, 'INTERNAL_ERROR', `an answer without ${shape.response}`) : refused,
    isFromRaft: response.leaderOMNodeId !== '',
  };
}
