/** What an adapter claims to do. The contract suite and the gateway read it; nothing is inferred from the adapter's name. */
export interface Capabilities {
  /** Storage classes that a write may name. */
  readonly storageClasses: readonly string[];
  readonly conditionalDelete: boolean;
  readonly bucketTags: boolean;
}
