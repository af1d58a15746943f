/** A store that cannot be opened, and why, in words for the operator: no stack is needed. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
}
