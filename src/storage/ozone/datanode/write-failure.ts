/** A pipeline takes no more writes of this gateway; what was sent on it and has no reply may have been done or not. */
export class PipelineFailure extends Error {
  override readonly name = 'PipelineFailure';
  /** The datanodes have no such group any more: nobody can write to it. */
  readonly isGone: boolean;

  constructor(message: string, options: ErrorOptions & { readonly isGone?: boolean } = {}) {
    super(message, options);
    this.isGone = options.isGone ?? false;
  }
}

/** The container of a block takes no more writes: it is closed or full, as a rule. */
export class ContainerFailure extends Error {
  override readonly name = 'ContainerFailure';
}
