import type { OperationName } from '../catalogue.ts';
import { heading, row } from './markdown-table.ts';

/** Members of the SDK's model that a case can't reach, and why. */
interface Unreachable {
  readonly operations: readonly OperationName[];
  readonly side: 'input' | 'output';
  readonly members: readonly string[];
  /** Ends up in the report as it stands. */
  readonly reason: string;
}

/** The closed list: whatever of a core operation is neither in it nor reached is a gap of the suite. */
export const unreachableMembers: readonly Unreachable[] = [
  {
    operations: ['CompleteMultipartUpload', 'ListParts'],
    side: 'input',
    members: ['SSECustomerAlgorithm', 'SSECustomerKey', 'SSECustomerKeyMD5'],
    reason:
      'only for uploads begun with a key of the customer, which S3 takes over https alone; what it does for other uploads is not documented',
  },
  {
    operations: ['DeleteObject', 'DeleteObjects'],
    side: 'input',
    members: ['MFA'],
    reason: 'only for buckets with MFA Delete, which only the root user of an account can switch on, with a device',
  },
  {
    operations: ['GetObject', 'HeadObject'],
    side: 'output',
    members: ['ExpiresString'],
    reason: 'made by the SDK out of the header Expires, which is asserted',
  },
];

export function unreachable(operation: string, side: Unreachable['side'], member: string): Unreachable | undefined {
  return unreachableMembers.find(
    (one) =>
      one.side === side && one.members.includes(member) && (one.operations as readonly string[]).includes(operation),
  );
}

/** The list as a section of a Markdown report. */
export function unreachableSection(): string[] {
  return [
    '## Members that no case can reach',
    '',
    ...heading('Operations', 'Members', 'Why'),
    ...unreachableMembers.map(({ operations, side, members, reason }) =>
      row(operations.join(', '), `${side}: ${members.join(', ')}`, reason),
    ),
    '',
  ];
}
