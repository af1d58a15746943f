import { setTimeout as sleep } from 'node:timers/promises';
import { S3Error } from '../../../errors/s3-error.ts';
import type { IoContext } from '../block-io.ts';
import type { DatanodeDetails } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import type { BadDatanodes } from './bad-datanodes.ts';
import type { CommandStreams } from './command-streams.ts';
import { ContainerCommandError } from './container-command.ts';
import { ReplicaReader, type Span } from './replica-reader.ts';
import { readingOrder } from './reading-order.ts';

export interface ReadSettings {
  /** For a reply, while another replica is left that may be faster. */
  readonly impatientMs: number;
  /** For a reply of the last replica. */
  readonly patientMs: number;
  /** How often the OM is asked where the replicas are by now. */
  readonly refreshes: number;
  readonly refreshDelayMs: number;
}

/** What all block readers of a process work with. */
export interface ReadTools {
  readonly streams: CommandStreams;
  readonly badDatanodes: BadDatanodes;
  readonly settings: ReadSettings;
}

/** Reads a block from whichever replica has it. */
export class BlockReader {
  readonly #tools: ReadTools;
  readonly #context: IoContext;
  readonly #refresh: () => Promise<KeyLocation>;
  #location: KeyLocation;
  #untried: DatanodeDetails[];
  #replica: ReplicaReader | undefined;
  #looking: Promise<void> | undefined;
  #refreshesLeft: number;
  #lastError: unknown;

  /** `refresh` gives the same block's location as it is now. */
  constructor(tools: ReadTools, context: IoContext, location: KeyLocation, refresh: () => Promise<KeyLocation>) {
    this.#tools = tools;
    this.#context = context;
    this.#location = location;
    this.#refresh = refresh;
    this.#untried = this.#order();
    this.#refreshesLeft = tools.settings.refreshes;
  }

  /** How many bytes share a checksum; undefined before anything was read. */
  get sliceBytes(): number | undefined {
    return this.#replica?.sliceBytes;
  }

  /**
   * Verified bytes of the span. InternalError when no replica has them; what `signal` says when it fires. Several spans
   * may be read at the same time.
   */
  async read({ first, end }: Span): Promise<Uint8Array> {
    const bytes = await this.#readSome({ first, end });
    if (bytes.length === end - first) return bytes;
    const pieces = [bytes];
    for (let position = first + bytes.length; position < end;) {
      const more = await this.#readSome({ first: position, end });
      pieces.push(more);
      position += more.length;
    }
    return Buffer.concat(pieces);
  }

  /** As many of the bytes as a replica gives at a time. */
  async #readSome(span: Span): Promise<Uint8Array> {
    for (;;) {
      const replica = (this.#replica ??= this.#nextReplica());
      if (replica === undefined) {
        await (this.#looking ??= this.#lookAgain());
        continue;
      }
      try {
        return await this.#readFrom(replica, span);
      } catch (error) {
        this.#context.signal.throwIfAborted();
        this.#note(error, replica.datanode, span);
        if (this.#replica === replica) this.#replica = undefined;
      }
    }
  }

  async #readFrom(replica: ReplicaReader, span: Span): Promise<Uint8Array> {
    const { impatientMs, patientMs } = this.#tools.settings;
    const timeoutMs = this.#untried.length > 0 ? impatientMs : patientMs;
    const bytes = await replica.read(span, { timeoutMs, signal: this.#context.signal });
    this.#tools.badDatanodes.remove(replica.datanode);
    return bytes;
  }

  #nextReplica(): ReplicaReader | undefined {
    const datanode = this.#untried.shift();
    return datanode === undefined ? undefined : new ReplicaReader(this.#tools.streams, datanode, this.#location);
  }

  #note(error: unknown, datanode: DatanodeDetails, { first }: Span): void {
    this.#lastError = error;
    // A failure that a datanode itself reports is about this replica; the rest is about the datanode.
    if (isGrpcError(error)) this.#tools.badDatanodes.add(datanode);
    if (error instanceof ContainerCommandError && error.result === 'BLOCK_TOKEN_VERIFICATION_FAILED')
      this.#untried = []; // It holds for all of them; the OM gives a new token with the location.
    const { containerID, localID } = this.#location.blockID.containerBlockID;
    const block = `${containerID.toString()}/${localID.toString()}`;
    this.#context.log.warn({ datanode: datanode.uuid, block, offset: first, err: error }, 'a replica was not readable');
  }

  async #lookAgain(): Promise<void> {
    if (this.#refreshesLeft-- <= 0)
      throw new S3Error('InternalError', { cause: new Error('no replica is readable', { cause: this.#lastError }) });
    const { signal } = this.#context;
    await sleep(this.#tools.settings.refreshDelayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    this.#location = await this.#refresh();
    this.#untried = this.#order();
    this.#looking = undefined;
  }

  #order(): DatanodeDetails[] {
    return this.#tools.badDatanodes.sort(readingOrder(this.#location));
  }
}

function isGrpcError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
