/** The system headers that S3 keeps with an object and gives back as they came. */
export interface SystemHeaders {
  readonly 'cache-control'?: string;
  readonly 'content-disposition'?: string;
  readonly 'content-encoding'?: string;
  readonly 'content-language'?: string;
  readonly 'content-type'?: string;
  readonly expires?: string;
}

export const systemHeaderNames = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const satisfies readonly (keyof SystemHeaders)[];

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** User metadata: names in lower case without `x-amz-meta-`, values as text. */
export type UserMetadata = Readonly<Record<string, string>>;

/** First and last byte, both inclusive, within an object. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Who sent a request, as far as a store has to know. */
export interface Caller {
  /** The access key id of the request; `anonymous` for an unsigned request that was let in. */
  readonly accessId: string;
  /** The user that the access key belongs to: the owner of the buckets it makes. */
  readonly userName: string;
  /** For an Ozone Manager that decides itself whether the signature is right. */
  readonly stringToSign?: string;
  readonly signature?: string;
}
