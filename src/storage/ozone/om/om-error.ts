import type { OmCommand } from './commands.ts';

/** A refusal by the OM: it is certain that nothing was changed. */
export class OmError extends Error {
  override readonly name = 'OmError';
  readonly command: OmCommand;
  /** A name of hadoop.ozone.Status, as `KEY_NOT_FOUND`. */
  readonly status: string;

  constructor(command: OmCommand, status: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.command = command;
    this.status = status;
  }
}

/**
 * A write was sent, and no answer came: it may have been done, or be done yet. Sent again it could do harm, or fail
 * because of itself: the caller looks at what there is now.
 */
export class OmOutcomeUnknown extends Error {
  override readonly name = 'OmOutcomeUnknown';
  readonly command: OmCommand;

  constructor(command: OmCommand, options?: ErrorOptions) {
    super(`no answer to ${command}: it may have been done`, options);
    this.command = command;
  }
}

/** No OM took the call within its time: nothing was changed. */
export class OmUnavailable extends Error {
  override readonly name = 'OmUnavailable';
}

/** Whether this is a refusal with one of these statuses of hadoop.ozone.Status. */
export function isOmError(error: unknown, ...statuses: readonly string[]): error is OmError {
  return error instanceof OmError && (statuses.length === 0 || statuses.includes(error.status));
}
