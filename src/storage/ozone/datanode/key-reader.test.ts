import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Server, ServerCredentials, credentials, type ServerDuplexStream } from '@grpc/grpc-js';
import Long from 'long';
import { isS3Error } from '../../../errors/s3-error.ts';
import type { BlocksToRead } from '../block-io.ts';
import { codecOf, enumNumbers, type Sendable } from '../proto/codec.ts';
import {
  containerCommand,
  type ChecksumData,
  type ContainerCommandRequest,
  type ContainerCommandResponse,
} from '../proto/datanode.ts';
import type { DatanodeDetails } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import { Channels } from './channels.ts';
import { sendMethod } from './container-command.ts';
import { ozoneChecksums, ozoneChecksumType } from './ozone-checksum.ts';
import { Reads, defaultReads, type ReadsSettings } from './reads.ts';

const requests = codecOf<ContainerCommandRequest>('hadoop.hdds.datanode.ContainerCommandRequest');
const responses = codecOf<ContainerCommandResponse>('hadoop.hdds.datanode.ContainerCommandResponse');
const checksumData = codecOf<ChecksumData>('hadoop.hdds.datanode.ChecksumData');
const results = enumNumbers('hadoop.hdds.datanode.Result');

interface Block {
  readonly bytes: Buffer;
  readonly chunkBytes: readonly number[];
  readonly sliceBytes: number;
  readonly type: number;
}

type Reply = Sendable<ContainerCommandResponse>;
/** What a datanode does instead of answering: undefined answers as it should, 'stall' never does. */
type Fault = (request: ContainerCommandRequest, answer: Reply) => Reply | 'stall' | undefined;

/** A datanode in this process, with one replica of one block for each local id. */
class FakeDatanode {
  readonly #server = new Server();
  readonly asked: ContainerCommandRequest[] = [];
  readonly blocks = new Map<number, Block>();
  streams = 0;
  cancelled = 0;
  fault: Fault = () => undefined;
  details!: DatanodeDetails;

  async start(uuid: string): Promise<this> {
    const asIs = (bytes: Buffer): Buffer => bytes;
    this.#server.addService(
      {
        send: {
          path: sendMethod,
          requestStream: true,
          responseStream: true,
          requestSerialize: asIs,
          requestDeserialize: asIs,
          responseSerialize: asIs,
          responseDeserialize: asIs,
        },
      },
      { send: (stream: ServerDuplexStream<Buffer, Buffer>) => void this.#serve(stream).catch(() => undefined) },
    );
    const port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const ports = [{ name: 'STANDALONE', value: port }];
    this.details = { uuid, ipAddress: '127.0.0.1', hostName: 'localhost', ports, currentVersion: 3 };
    return this;
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  async #serve(stream: ServerDuplexStream<Buffer, Buffer>): Promise<void> {
    this.streams++;
    stream.on('cancelled', () => this.cancelled++);
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      const request = requests.decode(bytes);
      this.asked.push(request);
      const answer = this.#answer(request);
      const reply = this.fault(request, answer) ?? answer;
      if (reply !== 'stall') stream.write(responses.encode({ result: results.SUCCESS, ...reply }));
    }
    stream.end();
  }

  #answer({ cmdType, getBlock, readChunk }: ContainerCommandRequest): Reply {
    if (cmdType === containerCommand.getBlock) return this.#getBlock(getBlock.blockID.localID.toNumber());
    const { offset, len } = readChunk.chunkData;
    const bytes = this.blocks.get(readChunk.blockID.localID.toNumber())?.bytes ?? Buffer.alloc(0);
    const data = bytes.subarray(offset.toNumber(), offset.toNumber() + len.toNumber());
    if (data.length < len.toNumber()) return { result: results.CONTAINER_INTERNAL_ERROR, message: 'read size' };
    return { readChunk: { data } };
  }

  #getBlock(localId: number): Reply {
    const block = this.blocks.get(localId);
    if (block === undefined) return { result: results.NO_SUCH_BLOCK, message: 'no such block' };
    let end = 0;
    const chunks = block.chunkBytes.map((length, index) => {
      const offset = end;
      end += length;
      const { type, sliceBytes } = block;
      const checksums = ozoneChecksums(type, sliceBytes, block.bytes.subarray(offset, end));
      const encoded = checksumData.encode({ type, bytesPerChecksum: sliceBytes, checksums });
      return { chunkName: `${localId}_chunk_${index + 1}`, offset, len: length, checksumData: encoded };
    });
    return { getBlock: { blockData: { chunks } } };
  }
}

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0).reverse()) close();
});

async function startDatanodes(count: number): Promise<FakeDatanode[]> {
  const datanodes = await Promise.all(
    Array.from({ length: count }, (_, index) => new FakeDatanode().start(`datanode-${index}`)),
  );
  opened.push(...datanodes.map((datanode) => () => datanode.stop()));
  return datanodes;
}

function openReads(settings: Partial<ReadsSettings> = {}): Reads {
  const channels = new Channels({
    credentials: credentials.createInsecure(),
    useHostNames: false,
    idleMs: 60_000,
    connectTimeoutMs: 10_000,
  });
  const reads = new Reads(channels, { ...defaultReads, refreshDelayMs: 5, ...settings });
  opened.push(() => {
    reads.close();
    channels.close();
  });
  return reads;
}

function blockOf(bytes: Buffer, chunkBytes: readonly number[] = [bytes.length], sliceBytes = 16_384): Block {
  return { bytes, chunkBytes, sliceBytes, type: ozoneChecksumType.crc32 };
}

/** The block `localId` on datanodes, in this order of nearness. */
function locate(localId: number, length: number, datanodes: readonly FakeDatanode[]): KeyLocation {
  const members = datanodes.map(({ details }) => details);
  const containerBlockID = { containerID: Long.fromNumber(1), localID: Long.fromNumber(localId) };
  return {
    blockID: { containerBlockID, blockCommitSequenceId: Long.fromNumber(9) },
    length: Long.fromNumber(length),
    pipeline: { members, memberOrders: members.map((_, index) => index) },
    token: null,
  } as unknown as KeyLocation;
}

interface Logged {
  readonly datanode: string;
  readonly offset: number;
}

interface Read extends BlocksToRead {
  readonly warnings: readonly Logged[];
}

function readOf(locations: readonly KeyLocation[], options: Partial<BlocksToRead> = {}): Read {
  const warnings: Logged[] = [];
  const sizeBytes = locations.reduce((sum, { length }) => sum + length.toNumber(), 0);
  const silent = (): void => undefined;
  return {
    locations,
    range: { first: 0, last: sizeBytes - 1 },
    refresh: () => Promise.resolve(locations),
    signal: new AbortController().signal,
    log: { debug: silent, error: silent, warn: (fields) => warnings.push(fields as Logged) },
    warnings,
    ...options,
  };
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** Three datanodes with the same block. */
async function replicated(block: Block): Promise<[FakeDatanode, FakeDatanode, FakeDatanode]> {
  const datanodes = await startDatanodes(3);
  for (const { blocks } of datanodes) blocks.set(1, block);
  return datanodes as [FakeDatanode, FakeDatanode, FakeDatanode];
}

const isReadChunk = ({ cmdType }: ContainerCommandRequest): boolean => cmdType === containerCommand.readChunk;

describe('reading a key', () => {
  it('takes one round trip for a small one', async () => {
    const block = blockOf(randomBytes(5000));
    const [first, ...others] = await replicated(block);
    const location = locate(1, 5000, [first, ...others]);
    expect(await bytesOf(openReads().read(readOf([location])))).toEqual(block.bytes);
    expect(first.asked.map(({ cmdType }) => cmdType)).toEqual([containerCommand.getBlock, containerCommand.readChunk]);
    expect(first.asked.map(({ version }) => version)).toEqual([3, 3]);
    expect(first.asked[0]?.getBlock.blockID.blockCommitSequenceId.toNumber()).toBe(9);
    expect(others.flatMap(({ asked }) => asked)).toEqual([]);
  });

  it('uses a stream again', async () => {
    const block = blockOf(randomBytes(3_000_000));
    const [first] = await replicated(block);
    const reads = openReads();
    const read = readOf([locate(1, block.bytes.length, [first])]);
    for (let round = 0; round < 3; round++) expect((await bytesOf(reads.read(read))).equals(block.bytes)).toBe(true);
    expect(first.streams).toBeLessThanOrEqual(2);
  });

  it.each<[string, number[], number, number]>([
    ['chunks as they usually are', [4_194_304, 1_000_000], 16_384, ozoneChecksumType.crc32],
    ['chunks of odd lengths', [100, 70_000, 1, 16_384, 300_001], 4096, ozoneChecksumType.crc32c],
    ['slices of a megabyte', [2_000_000, 1_500_000], 1_048_576, ozoneChecksumType.sha256],
    ['slices of an odd size', [99_999, 99_999], 1000, ozoneChecksumType.md5],
    ['no checksums', [50_000, 50_000], 0, ozoneChecksumType.none],
  ])(
    'gives any range of blocks with %s',
    async (_, chunkBytes, sliceBytes, type) => {
      const sizeBytes = chunkBytes.reduce((sum, length) => sum + length);
      const [datanode] = await startDatanodes(1);
      const blocks = [1, 2].map((localId) => {
        const block = { bytes: randomBytes(sizeBytes), chunkBytes, sliceBytes, type };
        datanode!.blocks.set(localId, block);
        return block.bytes;
      });
      const locations = [1, 2].map((localId) => locate(localId, sizeBytes, [datanode!]));
      const whole = Buffer.concat(blocks);
      const reads = openReads();
      const edges = [0, 99, 16_384, sizeBytes - 1, sizeBytes, sizeBytes + 101, 2 * sizeBytes - 1];
      for (const first of edges) {
        for (const last of edges.filter((edge) => edge >= first)) {
          const read = readOf(locations, { range: { first, last } });
          expect((await bytesOf(reads.read(read))).equals(whole.subarray(first, last + 1))).toBe(true);
          expect(read.warnings).toEqual([]);
        }
      }
    },
    60_000,
  );

  it('is refused where the blocks hold less than the key', async () => {
    const [first] = await replicated(blockOf(randomBytes(10)));
    const read = readOf([locate(1, 10, [first])], { range: { first: 0, last: 10 } });
    await expect(bytesOf(openReads().read(read))).rejects.toMatchObject({ code: 'InternalError' });
    await expect(bytesOf(openReads().read(readOf([], { range: read.range })))).rejects.toMatchObject({
      code: 'InternalError',
    });
  });
});

describe('a replica that fails', () => {
  const corrupt: Fault = (request, answer) => {
    const data = Buffer.from(answer.readChunk?.data ?? []);
    if (!isReadChunk(request) || request.readChunk.chunkData.offset.toNumber() === 0) return undefined;
    data[data.length - 1]! ^= 1;
    return { ...answer, readChunk: { data } };
  };
  const stalls: Fault = () => 'stall';
  const answers =
    (reply: Reply): Fault =>
    () =>
      reply;
  const overDelivers: Fault = (request, answer) =>
    isReadChunk(request) ? { ...answer, readChunk: { data: Buffer.alloc(2_000_000) } } : undefined;

  it.each<[string, Fault, number]>([
    ['has other bytes', corrupt, 1_048_576],
    ['is behind', answers({ result: results.UNKNOWN_BCSID, message: 'behind' }), 0],
    ['is gone', answers({ result: results.CONTAINER_NOT_FOUND, message: 'gone' }), 0],
    ['gives too much', overDelivers, 0],
    ['says nothing', stalls, 0],
  ])(
    'because it %s: the next one gives the rest',
    async (_, fault, offset) => {
      const block = blockOf(randomBytes(3_000_000));
      const datanodes = await replicated(block);
      datanodes[0].fault = fault;
      const read = readOf([locate(1, 3_000_000, datanodes)]);
      const settings = fault === stalls ? { impatientMs: 2000 } : {};
      expect((await bytesOf(openReads(settings).read(read))).equals(block.bytes)).toBe(true);
      expect(read.warnings[0]).toMatchObject({ datanode: 'datanode-0', offset });
      expect(datanodes[1].asked.filter(isReadChunk).length).toBeGreaterThan(0);
      expect(datanodes[2].asked).toHaveLength(0);
    },
    20_000,
  );

  it('because its datanode is down: it is asked last from now on', async () => {
    const block = blockOf(randomBytes(1000));
    const datanodes = await replicated(block);
    datanodes[0].stop();
    const reads = openReads();
    const warned: number[] = [];
    for (let round = 0; round < 3; round++) {
      const read = readOf([locate(1, 1000, datanodes)]);
      expect(await bytesOf(reads.read(read))).toEqual(block.bytes);
      warned.push(read.warnings.length);
    }
    expect(warned).toEqual([1, 0, 0]);
  });

  it('is asked again where the OM says that replicas are', async () => {
    const block = blockOf(randomBytes(1000));
    const [first, second, third] = await replicated(block);
    for (const datanode of [first, second]) datanode.blocks.clear();
    let asked = 0;
    const refresh = (): Promise<KeyLocation[]> => {
      asked++;
      return Promise.resolve([locate(1, 1000, asked === 1 ? [first, second] : [third])]);
    };
    const read = readOf([locate(1, 1000, [first, second])], { refresh });
    expect(await bytesOf(openReads().read(read))).toEqual(block.bytes);
    expect(asked).toBe(2);
    expect(read.warnings).toHaveLength(4);
  });

  it('for want of a token: the OM gives another at once', async () => {
    const block = blockOf(randomBytes(1000));
    const datanodes = await replicated(block);
    for (const datanode of datanodes)
      datanode.fault = ({ encodedToken }) =>
        encodedToken === '' ? { result: results.BLOCK_TOKEN_VERIFICATION_FAILED, message: 'none' } : undefined;
    const token = { identifier: Buffer.from('i'), password: Buffer.from('p'), kind: 'k', service: 's' };
    const refresh = (): Promise<KeyLocation[]> => Promise.resolve([{ ...locate(1, 1000, datanodes), token }]);
    const read = readOf([locate(1, 1000, datanodes)], { refresh });
    expect(await bytesOf(openReads().read(read))).toEqual(block.bytes);
    expect(read.warnings).toHaveLength(1);
  });

  it('like all others: the client is told so after the refreshes', async () => {
    const [first] = await replicated(blockOf(randomBytes(10)));
    let asked = 0;
    const locations = [locate(7, 10, [first])];
    const read = readOf(locations, { refresh: () => Promise.resolve((asked++, locations)) });
    const failure = await bytesOf(openReads().read(read)).catch((error: unknown) => error);
    expect(isS3Error(failure, 'InternalError')).toBe(true);
    expect(asked).toBe(defaultReads.refreshes);
  });
});

describe('a consumer', () => {
  const sizeBytes = 12_000_000;
  const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it('that is slow has only a few pieces asked for', async () => {
    const block = blockOf(randomBytes(sizeBytes), [4_194_304, 4_194_304, sizeBytes - 8_388_608]);
    const [first] = await replicated(block);
    const read = readOf([locate(1, sizeBytes, [first])]);
    const pieces = openReads().read(read)[Symbol.asyncIterator]();
    await settle(100);
    expect(first.asked).toEqual([]);
    await pieces.next();
    await settle(500);
    expect(first.asked.filter(isReadChunk)).toHaveLength(3);
    await pieces.return?.();
  });

  it.each(['stops', 'is gone'])('that %s ends what is on its way', async (how) => {
    const [first] = await replicated(blockOf(randomBytes(sizeBytes)));
    const gone = new AbortController();
    const reads = openReads({ impatientMs: 60_000, patientMs: 60_000 });
    const read = readOf([locate(1, sizeBytes, [first])], { signal: gone.signal });
    const pieces = reads.read(read)[Symbol.asyncIterator]();
    await pieces.next();
    first.fault = () => 'stall';
    const next = pieces.next();
    await settle(100);
    const reason = new Error('gone');
    if (how === 'stops') await pieces.return?.();
    else gone.abort(reason);
    const failure: unknown = await next.catch((error: unknown) => error);
    expect(how === 'stops' || failure === reason).toBe(true);
    await settle(100);
    expect(first.cancelled).toBeGreaterThan(0);
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
    expect(read.warnings).toEqual([]);
  });
});
