import { isS3Error } from '../../../errors/s3-error.ts';
import type { StoreCall } from '../../values.ts';
import { OmError } from './om-error.ts';
import { adviceOn, statusOf, toS3Error, type OmSubject } from './om-status.ts';

const logEveryMs = 10_000;
/** A state of the cluster that was met so long ago may be over. */
const lastsMs = 15_000;
/** What keeps all writes from succeeding. */
const states: Readonly<Record<string, string>> = {
  SCM_IN_SAFE_MODE: 'The cluster is in safe mode: it takes no writes.',
  SCM_GET_PIPELINE_EXCEPTION: 'The cluster has no datanodes to write to.',
  NOT_SUPPORTED_OPERATION_WHEN_PREPARED: 'The Ozone Manager is prepared for an upgrade: it takes no writes.',
};

/** Turns what calls of the OM failed with into S3's errors, and tells the operator what only the operator can change. */
export class OmFailures {
  readonly #seenAt = new Map<string, number>();
  readonly #toldAt = new Map<string, number>();

  /** What `pending` resolves to, or S3's error for what it fails with. */
  async told<T>(call: StoreCall, about: OmSubject, pending: Promise<T>): Promise<T> {
    try {
      return await pending;
    } catch (error) {
      const translated = toS3Error(error, about);
      this.#tell(call, causeOf(translated));
      throw translated;
    }
  }

  /** States of the cluster that were met within the last seconds, one sentence each. */
  lasting(): readonly string[] {
    const since = Date.now() - lastsMs;
    return Object.keys(states).flatMap((status) =>
      (this.#seenAt.get(status) ?? 0) > since ? [states[status] ?? ''] : [],
    );
  }

  #tell(call: StoreCall, cause: unknown): void {
    const next = adviceOn(cause);
    if (next === undefined || !(cause instanceof OmError)) return;
    const status = statusOf(cause);
    const now = Date.now();
    this.#seenAt.set(status, now);
    if (now - (this.#toldAt.get(status) ?? 0) < logEveryMs) return;
    this.#toldAt.set(status, now);
    const { requestId, log } = call;
    log.error({ requestId, command: cause.command, status, reason: cause.message, next }, 'the cluster refuses writes');
  }
}

/** Of an S3Error, also one that was made before it came here: what the OM had said. */
function causeOf(error: unknown): unknown {
  return isS3Error(error) ? error.cause : error;
}
