import { describe, expect, it } from '@jest/globals';
import { operationNamed } from '../catalogue.ts';
import { readBaseline } from '../reports/baseline-json.ts';
import { coreCoverage, coreOperations } from './core-operations.ts';
import { unreachable, unreachableMembers, unreachableSection } from './unreachable-members.ts';

const baseline = await readBaseline(new URL('../baselines/local.json', import.meta.url).pathname);

describe('members that no case can reach', () => {
  it('are members that the SDK knows, each with its reason', () => {
    for (const { operations, side, members, reason } of unreachableMembers) {
      for (const operation of operations) {
        const known = operationNamed(operation)[side].map(({ name }) => name);
        expect(known).toEqual(expect.arrayContaining([...members]));
      }
      expect(reason).toMatch(/\w+ \w+/);
    }
    expect(unreachableSection().join('\n')).toContain('input: MFA');
  });

  it.each(coreOperations)('%s: all others are reached', (operation) => {
    const { input, output } = operationNamed(operation);
    const can = (side: 'input' | 'output', members: typeof input): number =>
      members.filter(({ name }) => unreachable(operation, side, name) === undefined).length;
    expect({
      input: baseline?.inputMembersSent[operation] ?? 0,
      output: baseline?.outputMembersAsserted?.[operation] ?? 0,
    }).toEqual({ input: can('input', input), output: can('output', output) });
  });
});

it('the core operations have 370 input and 275 output members in the SDK that is pinned', () => {
  expect(coreOperations).toHaveLength(29);
  expect(coreCoverage('input', () => 1)).toBe('29/370');
  expect(coreCoverage('output', () => 0)).toBe('0/275');
});
