import type { OzoneSettings } from './internals.ts';
import { replicationFactor, replicationType, type Replication } from './proto/hdds.ts';

type NamedReplication = Pick<Replication, 'type' | 'factor'>;

const threefold: NamedReplication = { type: replicationType.ratis, factor: replicationFactor.three };
const single: NamedReplication = { type: replicationType.ratis, factor: replicationFactor.one };

/**
 * What CreateKey and InitiateMultiPartUpload are to say of the replication of a key: undefined leaves it to the bucket,
 * and to the OM's own configuration after that. STANDARD is what every write has that names no class.
 */
export function replicationOf(
  storageClass: string,
  { replication }: Pick<OzoneSettings, 'replication'>,
): NamedReplication | undefined {
  if (storageClass === 'REDUCED_REDUNDANCY' || replication === 'RATIS/ONE') return single;
  return replication === undefined ? undefined : threefold;
}
