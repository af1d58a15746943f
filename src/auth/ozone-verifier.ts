import { S3Error } from '../errors/s3-error.ts';
import { payloadForm, payloadPromise } from './payload-promise.ts';
import { readClaim, type ClaimOptions } from './signed-claim.ts';
import type { SignedRequest, Verification, Verifier } from './verifier.ts';

export interface OzoneVerifierOptions extends ClaimOptions {
  /** Whom the OM is told for a request without a signature; undefined: such a request is refused. */
  readonly anonymousAccessId: string | undefined;
}

/**
 * Leaves it to the Ozone Manager whether a signature is right: it gets the signature with every call. What is wrong
 * with a request's form or time is refused here. An OM without security takes any signature; it knows the caller by the
 * access id alone.
 */
export class OzoneVerifier implements Verifier {
  private readonly options: OzoneVerifierOptions;

  constructor(options: OzoneVerifierOptions) {
    this.options = options;
  }

  verify(request: SignedRequest): Verification {
    const claim = readClaim(request, this.options);
    if (claim === undefined) return this.anonymous(request);
    const accessId = Buffer.from(claim.credential.accessId, 'latin1').toString('utf8');
    const { stringToSign, signature, presignedHeaders } = claim;
    return {
      caller: { accessId, userName: accessId, stringToSign, signature },
      payload: payloadPromise(claim.payload, () => 'unverified'),
      presignedHeaders,
    };
  }

  private anonymous({ headers }: SignedRequest): Verification {
    const { anonymousAccessId } = this.options;
    if (anonymousAccessId === undefined) throw new S3Error('AccessDenied');
    const [, sent = 'UNSIGNED-PAYLOAD'] = headers.find(([name]) => name.toLowerCase() === 'x-amz-content-sha256') ?? [];
    return {
      caller: { accessId: anonymousAccessId, userName: anonymousAccessId },
      payload: payloadPromise(payloadForm(sent.trim()), () => 'unverified'),
      presignedHeaders: [],
    };
  }
}
