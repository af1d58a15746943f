/** How patient the writing side is. */
export interface RatisSettings {
  /** Which replicas have to have a block's bytes before they count as written: ALL_COMMITTED is Ozone's own default. */
  readonly durability: 'ALL_COMMITTED' | 'MAJORITY';
  /** A write without a reply for so long fails its pipeline, whatever else may happen. */
  readonly budgetMs: number;
  /** A pipeline where nobody leads, or can say what it has committed, has failed after so long: an election takes 5 to 12 s. */
  readonly leaderlessMs: number;
  /** A stream that owes a reply for so long is given up, and its requests are sent anew. */
  readonly stallMs: number;
  /** How long a follower may keep a write or a watch waiting before they are content with the majority. */
  readonly followerPatienceMs: number;
  /** An unused stream is closed after so long. */
  readonly idleMs: number;
  /** Between two attempts when it is nobody's turn to answer. */
  readonly retryMs: number;
  /** After a datanode has said that it is overloaded; doubles each time. */
  readonly backOffMs: number;
}

export const ratisDefaults: RatisSettings = {
  durability: 'ALL_COMMITTED',
  budgetMs: 40_000,
  leaderlessMs: 20_000,
  stallMs: 10_000,
  followerPatienceMs: 5000,
  idleMs: 60_000,
  retryMs: 300,
  backOffMs: 1000,
};
