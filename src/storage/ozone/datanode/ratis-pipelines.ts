import type { StoreLog } from '../../values.ts';
import type { Pipeline, PipelineId } from '../proto/hdds.ts';
import type { Channels } from './channels.ts';
import { pipelineName, type RatisMethod } from './ratis-group.ts';
import { RatisPipeline } from './ratis-pipeline.ts';
import type { RatisSettings } from './ratis-settings.ts';
import { PipelineFailure } from './write-failure.ts';

/** As Ozone's own client: a datanode that lagged behind gets no new blocks for so long. */
const suspectMs = 10 * 60_000;
/** A pipeline that has failed gets none for so long; the SCM replaces a broken one within 30 s. */
const failedMs = 60_000;
/** A pipeline not written to for so long is forgotten, with what it knew. */
const unusedMs = 10 * 60_000;

interface Entry {
  readonly pipeline: RatisPipeline;
  usedAt: number;
}

/** All pipelines that the process writes to. */
export class RatisPipelines {
  readonly #channels: Channels;
  readonly #settings: RatisSettings;
  readonly #log: StoreLog;
  readonly #entries = new Map<string, Entry>();
  /** Until when; by name of the pipeline, and by uuid of the datanode. */
  readonly #failed = new Map<string, number>();
  readonly #suspects = new Map<string, number>();

  constructor(channels: Channels, settings: RatisSettings, log: StoreLog) {
    this.#channels = channels;
    this.#settings = settings;
    this.#log = log;
  }

  get(pipeline: Pipeline): RatisPipeline {
    const name = pipelineName(pipeline.id);
    const entry = this.#entries.get(name) ?? this.#create(name, pipeline);
    entry.usedAt = Date.now();
    return entry.pipeline;
  }

  /** Whether it failed a short while ago. */
  hasFailed(id: PipelineId): boolean {
    dropOld(this.#failed);
    return this.#failed.has(pipelineName(id));
  }

  /** Uuids of datanodes that lagged behind a short while ago. */
  suspects(): readonly string[] {
    dropOld(this.#suspects);
    return [...this.#suspects.keys()];
  }

  close(): void {
    const entries = [...this.#entries.values()];
    // Nobody is to be warned of it.
    this.#entries.clear();
    for (const { pipeline } of entries) pipeline.fail(new PipelineFailure('the gateway stops'));
  }

  #create(name: string, pipeline: Pipeline): Entry {
    const now = Date.now();
    for (const [other, { usedAt }] of this.#entries) if (now - usedAt > unusedMs) this.#entries.delete(other);
    const created = new RatisPipeline(pipeline, this.#settings, {
      open: (member, method) => this.#channels.open(member, 'RATIS', raftMethod(method)),
      failed: (failure) => this.#failure(name, failure),
      leftBehind: (datanodes, index) => this.#leftBehind(name, datanodes, index),
    });
    const entry = { pipeline: created, usedAt: now };
    this.#entries.set(name, entry);
    return entry;
  }

  #failure(name: string, failure: PipelineFailure): void {
    // Whoever is given it again begins anew, with call ids of its own.
    if (!this.#entries.delete(name)) return;
    this.#failed.set(name, Date.now() + (failure.isGone ? suspectMs : failedMs));
    this.#log.warn({ pipeline: name, err: failure }, 'writing to a pipeline has failed');
  }

  #leftBehind(name: string, datanodes: readonly string[], index: number): void {
    for (const uuid of datanodes) this.#suspects.set(uuid, Date.now() + suspectMs);
    this.#log.warn({ pipeline: name, datanodes, index }, 'a write is durable on a majority only');
  }
}

function raftMethod(method: RatisMethod): string {
  return `/ratis.grpc.RaftClientProtocolService/${method}`;
}

function dropOld(until: Map<string, number>): void {
  const now = Date.now();
  for (const [key, end] of until) if (end <= now) until.delete(key);
}
