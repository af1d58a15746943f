import type { DatanodeDetails, Pipeline } from '../proto/hdds.ts';
import type { RawStream } from './channels.ts';
import { CommitIndexes } from './ratis-commits.ts';
import { Durability } from './ratis-durability.ts';
import { groupIdOf, type RatisGroup, type RatisMethod } from './ratis-group.ts';
import { OrderedLane, type RaftWritten } from './ratis-lane.ts';
import { LeaderGuess } from './ratis-leader.ts';
import type { RaftContent } from './ratis-message.ts';
import type { RatisSettings } from './ratis-settings.ts';
import { Watches } from './ratis-watches.ts';
import { PipelineFailure } from './write-failure.ts';

/** Replies come in order: behind a chunk of 4 MiB a small object would wait. */
export type Lane = 'small' | 'bulk';

export interface PipelineEvents {
  open(member: DatanodeDetails, method: RatisMethod): RawStream;
  /** The pipeline can't be written to any more; nothing is to be asked of it after. */
  failed(failure: PipelineFailure): void;
  /** These members are no longer waited for. */
  leftBehind(datanodeUuids: readonly string[], index: number): void;
}

/** Writes to one pipeline, for all requests of the process. */
export class RatisPipeline {
  readonly #lanes: Readonly<Record<Lane, OrderedLane>>;
  readonly #watches: Watches;
  readonly #commits: CommitIndexes;
  readonly #durability: Durability;
  readonly #events: PipelineEvents;
  #failure: PipelineFailure | undefined;

  constructor(pipeline: Pipeline, settings: RatisSettings, events: PipelineEvents) {
    this.#events = events;
    this.#commits = new CommitIndexes(pipeline.members.map(({ uuid }) => uuid));
    const group: RatisGroup = {
      pipeline,
      groupId: groupIdOf(pipeline.id),
      leader: new LeaderGuess(pipeline.members, pipeline.leaderID, settings.retryMs),
      settings,
      open: (member, method) => events.open(member, method),
      learn: (commits) => this.#commits.learn(commits),
      awaitsAll: () => settings.durability === 'ALL_COMMITTED' && this.#commits.laggards.size === 0,
      leaveBehind: (index) => this.#leaveBehind(index),
      fail: (failure) => this.fail(failure),
    };
    this.#lanes = { small: new OrderedLane(group), bulk: new OrderedLane(group) };
    this.#watches = new Watches(group);
    this.#durability = new Durability(this.#watches, this.#commits, settings, (index) => this.#leaveBehind(index));
  }

  /** Resolves when a majority has it; see OrderedLane. Writes of one block go by the same lane. */
  async write(lane: Lane, content: RaftContent): Promise<RaftWritten> {
    return await this.#lanes[lane].write(content);
  }

  /** Resolves when a write that a majority has is as durable as configured; see Durability. */
  async durable(index: number): Promise<void> {
    try {
      await this.#durability.reached(index);
    } catch (error) {
      if (error instanceof PipelineFailure) this.fail(error);
      throw error;
    }
  }

  #leaveBehind(index: number): void {
    const behind = this.#commits.leaveBehind(index);
    if (behind.length > 0) this.#events.leftBehind(behind, index);
  }

  fail(failure: PipelineFailure): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    for (const lane of Object.values(this.#lanes)) lane.fail(failure);
    this.#watches.fail(failure);
    this.#events.failed(failure);
  }
}
