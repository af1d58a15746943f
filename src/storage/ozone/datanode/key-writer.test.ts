import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { credentials } from '@grpc/grpc-js';
import Long from 'long';
import { FakeGroup, FakePeer } from '../../../../test/ozone/raft-group.ts';
import type { BlocksToWrite, WrittenBlock } from '../block-io.ts';
import { replicationType, type ExcludeList } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import { Channels } from './channels.ts';
import { ratisDefaults, type RatisSettings } from './ratis-settings.ts';
import { Writes } from './writes.ts';

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0).reverse()) close();
});

async function startGroup(): Promise<FakeGroup> {
  const group = new FakeGroup();
  for (const index of [0, 1, 2]) {
    const peer = new FakePeer(group, index);
    await peer.start();
    group.peers.push(peer);
    opened.push(() => peer.stop());
  }
  return group;
}

const quiet = { debug: () => undefined, warn: () => undefined, error: () => undefined };

function startWrites(settings: Partial<RatisSettings> = {}, memoryBytes = 64 * 1024 * 1024): Writes {
  const channels = new Channels({
    credentials: credentials.createInsecure(),
    useHostNames: false,
    idleMs: 60_000,
    connectTimeoutMs: 1000,
  });
  const ratis = { ...ratisDefaults, retryMs: 20, ...settings };
  const writes = new Writes(channels, { ratis, memoryBytes }, quiet);
  opened.push(() => {
    writes.close();
    channels.close();
  });
  return writes;
}

/** A key whose blocks are of one group, each in a container of its own number. */
class Key {
  readonly excluded: ExcludeList[] = [];
  group: FakeGroup;
  readonly leaderHint: number;
  capacity = 64 * 1024 * 1024;
  #allocated = 0;

  constructor(group: FakeGroup, leaderHint = 0) {
    this.group = group;
    this.leaderHint = leaderHint;
  }

  async write(
    writes: Writes,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    more: Partial<BlocksToWrite> = {},
  ) {
    return await writes.write({
      preallocated: [],
      allocate: async (exclude) => {
        this.excluded.push(exclude);
        return this.location();
      },
      chunks: (async function* () {
        yield* chunks;
      })(),
      signal: new AbortController().signal,
      log: quiet,
      ...more,
    });
  }

  location(): KeyLocation {
    const id = Long.fromNumber(++this.#allocated);
    return {
      blockID: { containerBlockID: { containerID: id, localID: id }, blockCommitSequenceId: Long.ZERO },
      offset: Long.ZERO,
      length: Long.fromNumber(this.capacity),
      token: null,
      pipeline: {
        members: this.group.peers.map(({ details }) => details),
        state: 2,
        type: replicationType.ratis,
        factor: 3,
        id: this.group.id,
        leaderID: this.group.peers[this.leaderHint]!.uuid,
        memberOrders: [],
        memberReplicaIndexes: [],
      },
      partNumber: -1,
    };
  }

  /** What CommitKey would make the key of. */
  content(written: readonly WrittenBlock[]): Buffer {
    return Buffer.concat(
      written.map(({ blockID, length }) => {
        const block = this.group.blocks.get(blockID.containerBlockID.localID.toNumber())!;
        expect(blockID.blockCommitSequenceId.toNumber()).toBeLessThanOrEqual(block.bcsid);
        expect(block.put).toBeGreaterThanOrEqual(length);
        return Buffer.concat(block.chunks).subarray(0, length);
      }),
    );
  }
}

function bytesOf(length: number): Buffer {
  return Buffer.alloc(length, 'Pack my box with five dozen liquor jugs. ');
}

function pieces(bytes: Buffer, size = 100_000): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

const mebibyte = 1024 * 1024;

jest.setTimeout(60_000);

describe('writing a key through Ratis', () => {
  it.each([1, 4096, 4 * mebibyte - 1, 4 * mebibyte, 4 * mebibyte + 1, 22 * mebibyte + 5])(
    'writes %i bytes',
    async (length) => {
      const key = new Key(await startGroup());
      const bytes = bytesOf(length);
      const written = await key.write(startWrites(), pieces(bytes));
      expect(key.content(written).equals(bytes)).toBe(true);
      expect(key.group.violations).toEqual([]);
      expect([...key.group.blocks.values()].every(({ isEnded }) => isEnded)).toBe(true);
    },
  );

  it('writes nothing of nothing', async () => {
    expect(await new Key(await startGroup()).write(startWrites(), [])).toEqual([]);
  });

  it('goes on in another block when one is full', async () => {
    const key = new Key(await startGroup());
    key.capacity = 8 * mebibyte;
    const written = await key.write(startWrites(), pieces(bytesOf(18 * mebibyte)));
    expect(written.map(({ length }) => length / mebibyte)).toEqual([8, 8, 2]);
    expect(key.content(written).equals(bytesOf(18 * mebibyte))).toBe(true);
  });

  it('finds the leader when another is taken for it', async () => {
    const key = new Key(await startGroup(), 2);
    const written = await key.write(startWrites(), [bytesOf(100)]);
    expect(key.content(written)).toEqual(bytesOf(100));
    expect(key.group.peers.map(({ streams }) => streams)).toEqual([1, 0, 1]);
  });

  it('sends what has no reply to the next leader when one dies, and nothing is done twice', async () => {
    const key = new Key(await startGroup());
    const { group } = key;
    group.before = (peer) => {
      if (peer !== group.peers[0] || group.blocks.get(1)?.length !== 12 * mebibyte) return undefined;
      group.leader = 1;
      return 'die';
    };
    const written = await key.write(startWrites(), pieces(bytesOf(30 * mebibyte)));
    expect(written).toHaveLength(1);
    expect(key.content(written).equals(bytesOf(30 * mebibyte))).toBe(true);
    expect(group.violations).toEqual([]);
  });

  it('sends again under the same call id what was done but has no reply', async () => {
    const key = new Key(await startGroup());
    const { group } = key;
    const muted = new Set([0]);
    group.isMuted = (_, { writeChunk }) => muted.delete(writeChunk.chunkData.offset.toNumber() - 8 * mebibyte);
    const written = await key.write(startWrites({ stallMs: 1000 }), pieces(bytesOf(30 * mebibyte)));
    expect(key.content(written).equals(bytesOf(30 * mebibyte))).toBe(true);
    expect(group.resends).toBeGreaterThan(0);
    expect(group.violations).toEqual([]);
  });

  it('leaves a closed container with what is durable, and writes the rest elsewhere', async () => {
    const key = new Key(await startGroup());
    const { group } = key;
    group.before = (_, { writeChunk }) => {
      if (writeChunk.chunkData.offset.toNumber() === 20 * mebibyte) group.closedContainers.add(1);
      return undefined;
    };
    const written = await key.write(startWrites(), pieces(bytesOf(38 * mebibyte)));
    expect(written.map(({ length }) => length / mebibyte)).toEqual([16, 22]);
    expect(key.content(written).equals(bytesOf(38 * mebibyte))).toBe(true);
    expect(group.violations).toEqual([]);
    expect(key.excluded.map(({ containerIds }) => containerIds.map(String))).toEqual([[], ['1']]);
    expect(key.excluded[1]?.pipelineIds).toEqual([]);
  });

  it('leaves out a block that has nothing, and takes the next of those given', async () => {
    const key = new Key(await startGroup());
    key.group.closedContainers.add(1);
    const preallocated = [key.location(), key.location()];
    const written = await key.write(startWrites(), [bytesOf(500)], { preallocated });
    expect(written.map(({ blockID }) => blockID.containerBlockID.containerID.toNumber())).toEqual([2]);
    expect(key.excluded).toEqual([]);
  });

  it('excludes a pipeline that the datanodes no longer know', async () => {
    const key = new Key(await startGroup());
    const { group } = key;
    key.group.isGone = true;
    const next = await startGroup();
    const writes = startWrites();
    const written = await key.write(writes, [bytesOf(500)], {
      preallocated: [key.location(), key.location()],
      allocate: async (exclude) => {
        key.excluded.push(exclude);
        key.group = next;
        return {
          ...key.location(),
          pipeline: { ...key.location().pipeline!, id: { id: 'f'.repeat(32), uuid128: null } },
        };
      },
    });
    expect(key.excluded.map(({ pipelineIds }) => pipelineIds)).toEqual([[group.id]]);
    expect(key.content(written)).toEqual(bytesOf(500));
  });

  it('gives up after five more tries, with SlowDown', async () => {
    const key = new Key(await startGroup());
    key.group.isGone = true;
    await expect(key.write(startWrites(), [bytesOf(500)])).rejects.toMatchObject({ code: 'SlowDown' });
    expect(key.excluded).toHaveLength(6);
  });

  it('does not wait for a leader that vanished while nothing was written', async () => {
    const group = await startGroup();
    const key = new Key(group);
    const writes = startWrites({ idleMs: 50, leaderlessMs: 20_000 });
    await key.write(writes, [bytesOf(10)]);
    group.peers[0]!.isVanished = true;
    group.leader = 1;
    await sleep(100);
    const startedAt = Date.now();
    expect(key.content(await key.write(writes, [bytesOf(20)]))).toEqual(bytesOf(20));
    expect(Date.now() - startedAt).toBeLessThan(5000);
  });
  it('is content with the majority when a follower lags behind, and waits for it once only', async () => {
    const key = new Key(await startGroup());
    const { group } = key;
    group.lagging.add(group.peers[2]!.uuid);
    const writes = startWrites({ followerPatienceMs: 300 });
    const times: number[] = [];
    for (let count = 0; count < 5; count++) {
      const start = performance.now();
      await key.write(writes, [bytesOf(500)]);
      times.push(performance.now() - start);
    }
    expect(times[0]).toBeGreaterThan(290);
    expect(times.slice(1).reduce((sum, time) => sum + time)).toBeLessThan(4 * 290);
    expect(key.excluded.at(-1)?.datanodes).toEqual([group.peers[2]!.uuid]);
  });

  it('asks for no watch when the majority is enough', async () => {
    const key = new Key(await startGroup());
    await key.write(startWrites({ durability: 'MAJORITY' }), [bytesOf(500)]);
    expect(key.group.watches).toBe(0);
  });

  it('passes on what the body throws, and gives its memory back', async () => {
    const key = new Key(await startGroup());
    const writes = startWrites({}, 8 * mebibyte);
    async function* broken(): AsyncIterable<Uint8Array> {
      yield* pieces(bytesOf(6 * mebibyte));
      throw new Error('the client has gone');
    }
    for (let count = 0; count < 4; count++) await expect(key.write(writes, broken())).rejects.toThrow('has gone');
    const written = await key.write(writes, pieces(bytesOf(6 * mebibyte)));
    expect(key.content(written).equals(bytesOf(6 * mebibyte))).toBe(true);
  });

  it('shares its memory among many keys at once', async () => {
    const key = new Key(await startGroup());
    const writes = startWrites({}, 24 * mebibyte);
    const bytes = bytesOf(9 * mebibyte);
    const written = await Promise.all(Array.from({ length: 8 }, () => key.write(writes, pieces(bytes))));
    for (const blocks of written) expect(key.content(blocks).equals(bytes)).toBe(true);
    expect(key.group.violations).toEqual([]);
  });
});
