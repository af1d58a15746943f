/** 0 done; 1 refused or failed; 2 wrong usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** What a command ends with beside 0: lines for stderr, and the exit code. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
