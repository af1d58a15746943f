import type { Caller } from '../s3/object-attributes.ts';

/** Headers as they came on the wire, in order, duplicates and all; values hold one character per byte (latin1). */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What a signature is about. */
export interface SignedRequest {
  readonly method: string;
  /** The path of the request line, not decoded, without the query. */
  readonly rawPath: string;
  /** What follows the first `?` of the request line, not decoded; empty when there is none. */
  readonly rawQuery: string;
  readonly headers: HeaderList;
  readonly now: Date;
}

/** What the chunk signatures of an aws-chunked body go on from. */
export interface ChunkSigning {
  readonly seedSignature: string;
  readonly signingKey: Uint8Array;
  /** `YYYYMMDD/region/s3/aws4_request` */
  readonly scope: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly dateTime: string;
}

/**
 * Undefined where chunks carry no signatures; `unverified` where they do, and nobody here knows the secret to verify
 * them with.
 */
export type ChunkSignaturesSent = ChunkSigning | 'unverified' | undefined;

/** What x-amz-content-sha256 says of the body; the body keeps the promise or its reading fails. */
export type PayloadPromise =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256'; readonly hex: string }
  | {
      readonly kind: 'aws-chunked';
      readonly signed: ChunkSignaturesSent;
      readonly trailer: boolean;
    };

export interface Verification {
  readonly caller: Caller;
  readonly payload: PayloadPromise;
  /**
   * The x-amz-* query parameters of a presigned request that S3 takes for headers, as headers: `x-amz-meta-a`.
   * Empty otherwise. The rest of the gateway adds them to the request's own headers.
   */
  readonly presignedHeaders: HeaderList;
}

/**
 * Decides whether a request's signature is right. Throws S3Error: AccessDenied for a request without one, and S3's
 * own code for everything else that is wrong with it.
 */
export interface Verifier {
  verify(request: SignedRequest): Verification | Promise<Verification>;
}
