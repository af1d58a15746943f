import { codecOf, enumNames, type Sendable } from '../proto/codec.ts';
import type { ContainerCommandRequest, ContainerCommandResponse, DatanodeBlockId } from '../proto/datanode.ts';
import type { BlockId } from '../proto/hdds.ts';
import type { Token } from '../proto/om.ts';
import { encodeToken } from './block-token.ts';

const requests = codecOf<ContainerCommandRequest>('hadoop.hdds.datanode.ContainerCommandRequest');
const responses = codecOf<ContainerCommandResponse>('hadoop.hdds.datanode.ContainerCommandResponse');
const resultNames = enumNames('hadoop.hdds.datanode.Result');

/** The method of datanodes' STANDALONE port that takes container commands, and answers them in their order. */
export const sendMethod = '/hadoop.hdds.datanode.XceiverClientProtocolService/send';

/** ClientVersion BUCKET_LAYOUT_SUPPORT of Ozone: what the datanodes may take for understood. */
const clientVersion = 3;

/** A datanode did not carry out a command; `result` is a name of hadoop.hdds.datanode.Result. */
export class ContainerCommandError extends Error {
  override readonly name = 'ContainerCommandError';
  readonly result: string;

  constructor(result: string, message: string) {
    super(`${result}: ${message}`);
    this.result = result;
  }
}

/** What a command is sent with, beside its own fields. */
export interface CommandTarget {
  readonly blockID: BlockId;
  /** Any string will do but none; the datanodes compare it with nothing. */
  readonly datanodeUuid: string;
  readonly token: Token | null;
}

export type CommandBody = Sendable<
  Omit<ContainerCommandRequest, 'containerID' | 'datanodeUuid' | 'encodedToken' | 'version'>
> & { readonly cmdType: number };

/** Bytes of a ContainerCommandRequest about a block. */
export function encodeCommand({ blockID, datanodeUuid, token }: CommandTarget, body: CommandBody): Buffer {
  return requests.encode({
    ...body,
    containerID: blockID.containerBlockID.containerID,
    datanodeUuid,
    version: clientVersion,
    encodedToken: token === null ? undefined : encodeToken(token),
  });
}

/** Throws ContainerCommandError unless the result is SUCCESS. `data` is a slice of the input. */
export function decodeResponse(bytes: Uint8Array): ContainerCommandResponse {
  const response = responses.decode(bytes);
  const result = resultNames[response.result] ?? `result ${response.result}`;
  if (result !== 'SUCCESS') throw new ContainerCommandError(result, response.message);
  return response;
}

/** A block as the datanodes name it. */
export function datanodeBlockId({
  containerBlockID,
  blockCommitSequenceId,
}: BlockId): Pick<DatanodeBlockId, 'containerID' | 'localID' | 'blockCommitSequenceId'> {
  return { ...containerBlockID, blockCommitSequenceId };
}
