import { Metadata, Server, ServerCredentials, status, type ServerDuplexStream } from '@grpc/grpc-js';
import { codecOf, enumNumbers } from '../../src/storage/ozone/proto/codec.ts';
import {
  containerCommand,
  type ContainerCommandRequest,
  type ContainerCommandResponse,
} from '../../src/storage/ozone/proto/datanode.ts';
import type { DatanodeDetails } from '../../src/storage/ozone/proto/hdds.ts';
import { replicationLevel, type RaftClientReply, type RaftClientRequest } from '../../src/storage/ozone/proto/ratis.ts';
import { isIntact } from '../../src/storage/ozone/datanode/ozone-checksum.ts';

type Request = RaftClientRequest & { readonly message: { readonly content: Buffer } | null };
const requests = codecOf<Request>('ratis.common.RaftClientRequestProto');
const replies = codecOf<RaftClientReply>('ratis.common.RaftClientReplyProto');
const commands = codecOf<ContainerCommandRequest>('hadoop.hdds.datanode.ContainerCommandRequest');
const responses = codecOf<ContainerCommandResponse>('hadoop.hdds.datanode.ContainerCommandResponse');
const results = enumNumbers('hadoop.hdds.datanode.Result');

type Stream = ServerDuplexStream<Buffer, Buffer>;
type Answer = Parameters<typeof replies.encode>[0];

/** Three datanodes in this process that are one Raft group, as their clients see it. */
export class FakeGroup {
  readonly id = { id: '6d0e1f60-0000-4000-8000-000000000001', uuid128: null };
  readonly peers: FakePeer[] = [];
  leader = 0;
  isGone = false;
  /** Members that commit nothing, though they answer. */
  readonly lagging = new Set<string>();
  readonly closedContainers = new Set<number>();
  readonly blocks = new Map<number, FakeBlock>();
  readonly done = new Map<string, Answer>();
  readonly violations: string[] = [];
  watches = 0;
  resends = 0;
  #logIndex = 100;

  /** Called before a command is carried out: what it returns is done instead. */
  before: (peer: FakePeer, command: ContainerCommandRequest) => 'die' | undefined = () => undefined;
  /** Called after: whether the stream has no more replies. */
  isMuted: (peer: FakePeer, command: ContainerCommandRequest) => boolean = () => false;

  write(peer: FakePeer, request: Request): Answer | 'die' | 'mute' {
    const content = request.message?.content ?? Buffer.alloc(0);
    const length = content.readInt32BE();
    const command = commands.decode(content.subarray(4, 4 + length));
    const id = `${Buffer.from(request.rpcRequest.requestorId).toString('hex')}/${request.rpcRequest.callId.toString()}`;
    const known = this.done.get(id);
    if (known !== undefined) this.resends += 1;
    const instead = this.before(peer, command);
    if (instead !== undefined) return instead;
    const answer = known ?? this.#carryOut(command, content.subarray(4 + length));
    this.done.set(id, answer);
    return this.isMuted(peer, command) ? 'mute' : answer;
  }

  commits(): Answer['commitInfos'] {
    return this.peers.map(({ uuid }) => ({
      server: { id: Buffer.from(uuid) },
      commitIndex: this.lagging.has(uuid) ? 1 : this.#logIndex,
    }));
  }

  #carryOut(command: ContainerCommandRequest, data: Buffer): Answer {
    if (this.closedContainers.has(command.containerID.toNumber())) {
      const exceptionClassName = 'org.apache.hadoop.hdds.scm.container.common.helpers.ContainerNotOpenException';
      return { stateMachineException: { exceptionClassName, errorMsg: 'Container in CLOSED state' } };
    }
    const isChunk = command.cmdType === containerCommand.writeChunk;
    const { writeChunk } = command;
    const put = isChunk ? (writeChunk.block as typeof writeChunk.block | null) : command.putBlock;
    const blockID = isChunk ? writeChunk.blockID : command.putBlock.blockData.blockID;
    const block = this.blocks.get(blockID.localID.toNumber()) ?? {
      chunks: [],
      length: 0,
      bcsid: 0,
      put: 0,
      isEnded: false,
    };
    this.blocks.set(blockID.localID.toNumber(), block);
    this.#logIndex += 1;
    if (isChunk) this.#append(block, writeChunk.chunkData, data);
    const index = this.#logIndex;
    if (put !== null) {
      const total = put.blockData.chunks.reduce((sum, { len }) => sum + len.toNumber(), 0);
      if (total !== block.length) this.violations.push('a PutBlock of other bytes than were written');
      Object.assign(block, { bcsid: index, put: total, isEnded: put.eof });
    }
    const committed = { committedBlockLength: { blockID: { ...blockID, blockCommitSequenceId: index } } };
    const response = { result: results.SUCCESS, [isChunk ? 'writeChunk' : 'putBlock']: put === null ? {} : committed };
    return { message: { content: responses.encode(response) }, logIndex: index };
  }

  #append(block: FakeBlock, { offset, len, checksumData }: ChunkInfo, data: Buffer): void {
    if (offset.toNumber() !== block.length) this.violations.push('a hole in a block');
    if (block.isEnded) this.violations.push('a chunk behind the end of a block');
    if (len.toNumber() !== data.length) this.violations.push('a chunk of another length');
    if (!isIntact(checksumData!.type, checksumData!.bytesPerChecksum, data, checksumData!.checksums)) {
      this.violations.push('a chunk with wrong checksums');
    }
    block.chunks.push(data);
    block.length += data.length;
  }
}

type ChunkInfo = ContainerCommandRequest['writeChunk']['chunkData'];

export interface FakeBlock {
  readonly chunks: Buffer[];
  length: number;
  bcsid: number;
  /** How many bytes the last PutBlock covered. */
  put: number;
  isEnded: boolean;
}

export class FakePeer {
  readonly uuid: string;
  readonly #group: FakeGroup;
  readonly #server = new Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 });
  streams = 0;
  /** Its host is gone without a word: it answers nothing any more, and ends nothing. */
  isVanished = false;
  details!: DatanodeDetails;

  constructor(group: FakeGroup, index: number) {
    this.#group = group;
    this.uuid = `0000000${index}-0000-4000-8000-000000000000`;
  }

  async start(): Promise<void> {
    const asIs = (bytes: Buffer): Buffer => bytes;
    const method = (name: string) => ({
      path: `/ratis.grpc.RaftClientProtocolService/${name}`,
      requestStream: true,
      responseStream: true,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    });
    this.#server.addService(
      { ordered: method('ordered'), unordered: method('unordered') },
      {
        // A stream that its client has cancelled is no fault of the test.
        ordered: (stream: Stream) => void this.#ordered(stream).catch(() => undefined),
        unordered: (stream: Stream) => void this.#unordered(stream).catch(() => undefined),
      },
    );
    const port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const ports = [{ name: 'RATIS', value: port }];
    this.details = { uuid: this.uuid, ipAddress: '127.0.0.1', hostName: 'localhost', ports, currentVersion: 3 };
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  async #ordered(stream: Stream): Promise<void> {
    this.streams += 1;
    let next: number | undefined;
    let isMute = false;
    for await (const bytes of this.#received(stream)) {
      const request = requests.decode(bytes);
      const { seqNum, isFirst } = request.rpcRequest.slidingWindowEntry;
      if (isFirst !== (next === undefined)) this.#group.violations.push('isFirst on another than the first');
      if (next !== undefined && seqNum.toNumber() !== next) this.#group.violations.push('a gap in the stream');
      next = seqNum.toNumber() + 1;
      if (this.#refuses(stream, request)) continue;
      const answer = this.#group.write(this, request);
      if (answer === 'die') {
        this.stop();
        return;
      }
      const awaitsAll = request.write.replication === replicationLevel.allCommitted;
      if (answer === 'mute' || (awaitsAll && this.#group.lagging.size > 0)) isMute = true;
      else if (!isMute) this.#reply(stream, request, answer);
    }
    this.#end(stream);
  }

  async #unordered(stream: Stream): Promise<void> {
    for await (const bytes of this.#received(stream)) {
      const request = requests.decode(bytes);
      if (this.#refuses(stream, request)) continue;
      this.#group.watches += 1;
      const isAll = request.watch.replication === replicationLevel.allCommitted;
      if (!isAll || this.#group.lagging.size === 0) this.#reply(stream, request, { logIndex: request.watch.index });
    }
    this.#end(stream);
  }

  /** What a client sends; the stream can be ended after. */
  async *#received(stream: Stream): AsyncIterable<Buffer> {
    for await (const bytes of stream.iterator({ destroyOnReturn: false })) if (!this.isVanished) yield bytes as Buffer;
  }

  #end(stream: Stream): void {
    if (!this.isVanished) stream.end();
  }

  #refuses(stream: Stream, request: Request): boolean {
    const { peers, leader, isGone } = this.#group;
    if (isGone) {
      const metadata = new Metadata();
      metadata.set('exception-type', 'org.apache.ratis.protocol.exceptions.GroupMismatchException');
      stream.emit('error', { code: status.INTERNAL, details: 'group not found', metadata });
      return true;
    }
    if (peers[leader] === this) return false;
    const suggestedLeader = { id: Buffer.from(peers[leader]!.uuid) };
    this.#reply(stream, request, { notLeaderException: { suggestedLeader } });
    return true;
  }

  #reply(stream: Stream, { rpcRequest }: Request, answer: Answer): void {
    const success = answer.notLeaderException === undefined && answer.stateMachineException === undefined;
    const rpcReply = { callId: rpcRequest.callId, success };
    stream.write(replies.encode({ ...answer, rpcReply, commitInfos: this.#group.commits() }));
  }
}
