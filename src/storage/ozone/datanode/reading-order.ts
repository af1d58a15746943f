import type { DatanodeDetails } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';

/**
 * The datanodes of a block, in the order in which to ask them: the OM's where it sorted them by distance, else any, so
 * that the load is spread. `random` is in [0, 1).
 */
export function readingOrder({ pipeline }: KeyLocation, random: () => number = Math.random): DatanodeDetails[] {
  if (pipeline === null) return [];
  const { members, memberOrders } = pipeline;
  const sorted = memberOrders.flatMap((index) => members[index] ?? []);
  if (sorted.length === members.length) return sorted;
  return members
    .map((member) => ({ member, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ member }) => member);
}
