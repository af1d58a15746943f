import type { StoreCall } from '../../values.ts';
import type { OmAnswerOf } from './commands.ts';
import { OmError } from './om-error.ts';

/** Where the caller's buckets are, and who the caller is to the OM. */
export interface S3Context {
  readonly volume: string;
  /** The owner of what the caller makes: its short name. */
  readonly userPrincipal: string;
}

const keptMs = 5000;
const maxKept = 1000;

/** What the OM says of access ids, kept for some seconds. */
export class S3Contexts {
  readonly #ask: (call: StoreCall) => Promise<OmAnswerOf<'GetS3VolumeContext'>>;
  readonly #kept = new Map<string, { readonly until: number; readonly context: S3Context }>();

  constructor(ask: (call: StoreCall) => Promise<OmAnswerOf<'GetS3VolumeContext'>>) {
    this.#ask = ask;
  }

  async of(call: StoreCall): Promise<S3Context> {
    const { accessId } = call.caller;
    const kept = this.#kept.get(accessId);
    if (kept !== undefined && kept.until > Date.now()) return kept.context;
    const { volumeInfo, userPrincipal } = await this.#ask(call);
    if (volumeInfo === null) throw new OmError('GetS3VolumeContext', 'VOLUME_NOT_FOUND', 'no volume for S3');
    const context = { volume: volumeInfo.volume, userPrincipal };
    if (this.#kept.size >= maxKept) this.#kept.clear();
    this.#kept.set(accessId, { until: Date.now() + keptMs, context });
    return context;
  }
}
