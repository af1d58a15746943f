import type { ServiceError } from '@grpc/grpc-js';
import type { DatanodeDetails, Pipeline, PipelineId } from '../proto/hdds.ts';
import type { RawStream } from './channels.ts';
import type { LeaderGuess } from './ratis-leader.ts';
import type { CommitIndex } from './ratis-message.ts';
import type { RatisSettings } from './ratis-settings.ts';
import type { PipelineFailure } from './write-failure.ts';

export type RatisMethod = 'ordered' | 'unordered';

/** What the streams of one pipeline share. */
export interface RatisGroup {
  readonly pipeline: Pipeline;
  /** 16 bytes. */
  readonly groupId: Uint8Array;
  readonly leader: LeaderGuess;
  readonly settings: RatisSettings;
  open(member: DatanodeDetails, method: RatisMethod): RawStream;
  learn(commits: readonly CommitIndex[]): void;
  /** Whether it is of use to wait for all members: not when one is left behind, nor when nobody asks. */
  awaitsAll(): boolean;
  /** Waits no longer for whoever has not committed this index. */
  leaveBehind(index: number): void;
  /** Ends the whole pipeline, and everything that waits for it. */
  fail(failure: PipelineFailure): void;
}

/** The text form of a pipeline's UUID. */
export function pipelineName({ id, uuid128 }: PipelineId): string {
  if (id !== '' || uuid128 === null) return id;
  const hex = [uuid128.mostSigBits, uuid128.leastSigBits].map((half) =>
    half.toUnsigned().toString(16).padStart(16, '0'),
  );
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function groupIdOf(id: PipelineId): Uint8Array {
  return Buffer.from(pipelineName(id).replaceAll('-', ''), 'hex');
}

export type StreamLoss = 'gone' | 'overloaded' | 'lost';

/** Why a stream has ended. Datanodes put the Java class of their exception into the trailers. */
export function streamLoss(error: unknown): StreamLoss {
  const [exception] = (error as Partial<ServiceError>).metadata?.get('exception-type') ?? [];
  if (typeof exception !== 'string') return 'lost';
  if (exception.endsWith('.GroupMismatchException')) return 'gone';
  return exception.endsWith('.ResourceUnavailableException') ? 'overloaded' : 'lost';
}
