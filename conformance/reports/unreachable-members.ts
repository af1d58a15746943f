import type { OperationName } from '../catalogue.ts';

/** Members of the SDK's model that a case can't reach on any server, and why. */
interface Unreachable {
  readonly operations: readonly OperationName[];
  readonly side: 'input' | 'output';
  readonly members: readonly string[];
  readonly reason: string;
}

/** The closed list; whatever is not in it and not reached is a gap of the suite. */
export const unreachableMembers: readonly Unreachable[] = [];

export function isUnreachable(operation: string, side: Unreachable['side'], member: string): boolean {
  return unreachableMembers.some(
    (one) =>
      one.side === side && one.members.includes(member) && (one.operations as readonly string[]).includes(operation),
  );
}
