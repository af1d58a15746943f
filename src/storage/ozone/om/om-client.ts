import { randomUUID } from 'node:crypto';
import { Client, Metadata, credentials, type ServiceError } from '@grpc/grpc-js';
import type { StoreCall } from '../../values.ts';
import { codecOf, enumNames, enumNumbers } from '../proto/codec.ts';
import type { OmRequest, OmResponse } from '../proto/om.ts';
import { omCommands, type OmAnswerOf, type OmCommand, type OmRequestOf } from './commands.ts';
import { OmError } from './om-error.ts';

export interface OmClientOptions {
  readonly nodes: readonly { readonly nodeId: string; readonly address: string }[];
}

/** Where the caller's buckets are, and who the caller is to the OM. */
export interface S3Context {
  readonly volume: string;
  /** The owner of what the caller makes. */
  readonly userPrincipal: string;
}

const requestCodec = codecOf<OmRequest>('hadoop.ozone.OMRequest');
const responseCodec = codecOf<OmResponse>('hadoop.ozone.OMResponse');
const cmdTypes = enumNumbers('hadoop.ozone.Type');
const statuses = enumNames('hadoop.ozone.Status');
const clientId = randomUUID();

/** The Ozone Manager. */
export class OmClient {
  readonly #client: Client;

  constructor(options: OmClientOptions) {
    this.#client = new Client(options.nodes[0]?.address ?? '', credentials.createInsecure(), {
      'grpc.max_receive_message_length': 128 * 1024 * 1024,
      'grpc.enable_http_proxy': 0,
      'grpc.enable_retries': 0,
    });
  }

  /**
   * Resolves to the command's own answer. Rejects with OmError when the OM refused, OmOutcomeUnknown when a write's
   * answer was lost, OmUnavailable when no OM took it, S3Error for what must not be sent, and with the signal's reason.
   */
  async call<C extends OmCommand>(call: StoreCall, command: C, request: OmRequestOf<C>): Promise<OmAnswerOf<C>> {
    const { caller } = call;
    const shape = omCommands[command];
    const bytes = requestCodec.encode({
      cmdType: cmdTypes[command],
      clientId,
      version: 3,
      s3Authentication: {
        stringToSign: caller.stringToSign ?? '',
        signature: caller.signature ?? '',
        accessId: caller.accessId,
      },
      [shape.request]: request,
    });
    const metadata = new Metadata();
    metadata.set('client_hostname', call.clientAddress);
    metadata.set('client_ip_address', call.clientAddress);
    const answer = responseCodec.decode(await this.#submit(bytes, metadata));
    const status = statuses[answer.status] ?? String(answer.status);
    if (status !== 'OK' && !('partly' in shape && shape.partly === status)) {
      throw new OmError(command, status, answer.message);
    }
    return (shape.response === undefined ? undefined : answer[shape.response]) as OmAnswerOf<C>;
  }

  /** The caller's volume and principal, as the OM has had them within the last seconds. Rejects as `call` does. */
  async s3Context(call: StoreCall): Promise<S3Context> {
    const { volumeInfo, userPrincipal } = await this.call(call, 'GetS3VolumeContext', {});
    return { volume: volumeInfo?.volume ?? '', userPrincipal };
  }

  close(): void {
    this.#client.close();
  }

  #submit(bytes: Buffer, metadata: Metadata): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        '/hadoop.ozone.OzoneManagerService/submitRequest',
        (message: Buffer) => message,
        (message: Buffer) => message,
        bytes,
        metadata,
        { deadline: Date.now() + 60_000 },
        (error: ServiceError | null, answer?: Buffer) => {
          if (error === null && answer !== undefined) resolve(answer);
          else reject(error ?? new Error('no answer'));
        },
      );
    });
  }
}
