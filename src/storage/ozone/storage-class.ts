import { replicationFactor, replicationType, type Replication } from './proto/hdds.ts';

/** S3's name for how a key is replicated, as Ozone's own gateway says it. */
export function storageClassOf({ type, factor }: Pick<Replication, 'type' | 'factor'>): string {
  if (type === replicationType.ec) return 'STANDARD_IA';
  return factor === replicationFactor.one ? 'REDUCED_REDUNDANCY' : 'STANDARD';
}
