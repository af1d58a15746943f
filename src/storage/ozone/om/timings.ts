/** How patient the OM client is, beside the time that one call has in all. */
export interface OmTimings {
  /** For a connection. */
  readonly connectMs: number;
  /** An OM that has been silent over a call for so long is asked whether it is there at all. */
  readonly silenceMs: number;
  /** For an answer to that, or to whether it leads. */
  readonly probeMs: number;
  /** For calls while no OM has been there for longer than a call may take. */
  readonly briefWaitMs: number;
  /** Between two looks for the leader. */
  readonly searchEveryMs: number;
  /** Before a leader that is not ready yet is asked again. */
  readonly notReadyMs: number;
  /** Before a cluster in safe mode is asked again, one after the other. */
  readonly safeModeMs: readonly number[];
}

export const defaultTimings: OmTimings = {
  connectMs: 3000,
  silenceMs: 3000,
  probeMs: 3000,
  briefWaitMs: 4000,
  searchEveryMs: 250,
  notReadyMs: 500,
  safeModeMs: [500, 1000, 2000, 4000, 4000],
};
