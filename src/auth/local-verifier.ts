import { createHmac, timingSafeEqual } from 'node:crypto';
import { S3Error } from '../errors/s3-error.ts';
import { payloadPromise } from './payload-promise.ts';
import { readClaim, type ClaimOptions, type SignedClaim } from './signed-claim.ts';
import { SigningKeys } from './signing-key.ts';
import type { SignedRequest, Verification, Verifier } from './verifier.ts';

export interface CredentialSource {
  /** Undefined for an access key that does not exist, or no longer does. */
  secretOf(accessKey: string): string | undefined;
}

export interface LocalVerifierOptions extends ClaimOptions {
  readonly credentials: CredentialSource;
}

function bytesInHex(text: string): string {
  return Buffer.from(text, 'latin1')
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
}

function readable(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function signatureDoesNotMatch(claim: SignedClaim): S3Error {
  return new S3Error('SignatureDoesNotMatch', {
    details: {
      AWSAccessKeyId: readable(claim.credential.accessId),
      StringToSign: readable(claim.stringToSign),
      SignatureProvided: readable(claim.signature),
      StringToSignBytes: bytesInHex(claim.stringToSign),
      CanonicalRequest: readable(claim.canonicalRequest),
      CanonicalRequestBytes: bytesInHex(claim.canonicalRequest),
    },
  });
}

/** In constant time for signatures of the right length. */
function isSame(provided: string, calculated: Buffer): boolean {
  const bytes = Buffer.from(provided, 'latin1');
  return bytes.length === calculated.length && timingSafeEqual(bytes, calculated);
}

/** Knows the secrets itself. A user is named like its access key, and there are no temporary credentials. */
export class LocalVerifier implements Verifier {
  private readonly options: LocalVerifierOptions;
  private readonly signingKeys = new SigningKeys();

  constructor(options: LocalVerifierOptions) {
    this.options = options;
  }

  verify(request: SignedRequest): Verification {
    const claim = readClaim(request, this.options);
    if (claim === undefined) throw new S3Error('AccessDenied');
    const { date, region, scope } = claim.credential;
    const accessId = readable(claim.credential.accessId);
    const secret = this.options.credentials.secretOf(accessId);
    if (secret === undefined) {
      throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: accessId } });
    }
    if (claim.securityToken !== undefined && claim.securityToken !== '') {
      throw new S3Error('InvalidToken', { details: { 'Token-0': readable(claim.securityToken) } });
    }
    const signingKey = this.signingKeys.keyOf(secret, date, region);
    const calculated = createHmac('sha256', signingKey).update(claim.stringToSign, 'latin1').digest('hex');
    if (!isSame(claim.signature, Buffer.from(calculated, 'latin1'))) throw signatureDoesNotMatch(claim);
    const payload = payloadPromise(claim.payload, () => ({
      seedSignature: calculated,
      signingKey,
      scope,
      dateTime: claim.dateTime,
    }));
    return { caller: { accessId, userName: accessId }, payload, presignedHeaders: claim.presignedHeaders };
  }
}
