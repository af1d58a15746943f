import type { Cause } from './outcome.ts';

/** The target is wrong: ends a case as `fail` with its cause. */
export class CaseFailure extends Error {
  readonly causeOfFailure: Cause;

  constructor(causeOfFailure: Cause, message: string) {
    super(message);
    this.name = 'CaseFailure';
    this.causeOfFailure = causeOfFailure;
  }
}

/** Set-up was not possible: ends a case as `blocked`. */
export class CaseBlocked extends Error {
  readonly causeOfFailure: Cause | undefined;

  constructor(message: string, causeOfFailure?: Cause) {
    super(message);
    this.name = 'CaseBlocked';
    this.causeOfFailure = causeOfFailure;
  }
}

/** The case needs what the target or the run lacks: ends it as `skipped`. The message begins with the capability. */
export class CaseSkipped extends Error {
  override readonly name = 'CaseSkipped';
}

/** A wrong use of the suite by a case: ends it as `error`. */
export class CaseMistake extends Error {
  override readonly name = 'CaseMistake';
}
