import { s3ErrorCodes, type S3ErrorCode } from './codes.ts';

export interface S3ErrorOptions {
  /** Replaces the table's message. */
  readonly message?: string;
  /** Extra elements of the Error document, in order. */
  readonly details?: Readonly<Record<string, string>>;
  /** Extra response headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the error is about; the request's path when absent. */
  readonly resource?: string;
  /** Replaces the table's status, for the few codes that AWS sends with more than one. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The one error class: a code of the table, and what this occasion adds to it. Compare by `code`. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: S3ErrorCode;
  readonly status: number;
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: string | undefined;

  constructor(code: S3ErrorCode, options: S3ErrorOptions = {}) {
    super(options.message ?? s3ErrorCodes[code].message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? s3ErrorCodes[code].status;
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
    this.resource = options.resource;
  }
}

export function isS3Error(error: unknown, code?: S3ErrorCode): error is S3Error {
  return error instanceof S3Error && (code === undefined || error.code === code);
}
