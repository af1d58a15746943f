import { createHash, type Hash } from 'node:crypto';
import type { ChecksumAlgorithm } from '../s3/checksum.ts';
import type { Digests } from '../storage/values.ts';
import { createDigester, type Digester } from './digester.ts';

export interface HashedBody {
  readonly digests: Digests;
  /** Hex, where it was wanted. */
  readonly sha256: string | undefined;
}

/** The digests that are stored, and the SHA-256 that a signed payload promises, computed once if they are the same. */
export class BodyHash {
  private readonly digester: Digester;
  private readonly sha256: Hash | undefined;
  private readonly wantsSha256: boolean;

  constructor(algorithm: ChecksumAlgorithm, wantsSha256: boolean) {
    this.digester = createDigester(algorithm);
    this.wantsSha256 = wantsSha256;
    this.sha256 = wantsSha256 && algorithm !== 'SHA256' ? createHash('sha256') : undefined;
  }

  update(bytes: Uint8Array): void {
    this.digester.update(bytes);
    this.sha256?.update(bytes);
  }

  finish(): HashedBody {
    const digests = this.digester.digests();
    if (!this.wantsSha256) return { digests, sha256: undefined };
    const sha256 = this.sha256?.digest('hex') ?? Buffer.from(digests.checksum.value, 'base64').toString('hex');
    return { digests, sha256 };
  }
}
