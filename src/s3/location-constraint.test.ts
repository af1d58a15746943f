import { describe, expect, it } from '@jest/globals';
import { checkLocationConstraint, checkRegionName, locationOf } from './location-constraint.ts';

function code(action: () => unknown): unknown {
  try {
    action();
    return 'taken';
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('checkLocationConstraint', () => {
  it.each<[string, string | undefined, string]>([
    ['us-east-1', undefined, 'taken'],
    ['us-east-1', '', 'taken'],
    ['us-east-1', 'us-east-1', 'InvalidLocationConstraint'],
    ['us-east-1', 'eu-west-1', 'IllegalLocationConstraintException'],
    ['us-east-1', 'us-gov-west-1', 'IllegalLocationConstraintException'],
    ['us-east-1', 'EU', 'IllegalLocationConstraintException'],
    ['us-east-1', 'atlantis', 'InvalidLocationConstraint'],
    ['us-east-1', 'US-WEST-2', 'InvalidLocationConstraint'],
    ['eu-west-1', 'eu-west-1', 'taken'],
    ['eu-west-1', 'EU', 'taken'],
    ['eu-central-1', 'EU', 'IllegalLocationConstraintException'],
    ['eu-west-1', undefined, 'IllegalLocationConstraintException'],
    ['eu-west-1', 'us-east-1', 'InvalidLocationConstraint'],
    ['on-prem', 'on-prem', 'taken'],
    ['on-prem', 'us-west-2', 'IllegalLocationConstraintException'],
  ])('in %s, judges %j', (region, constraint, expected) => {
    expect(
      code(() => {
        checkLocationConstraint(constraint, region);
      }),
    ).toBe(expected);
  });
});

describe('locationOf', () => {
  it.each([
    ['us-east-1', ''],
    ['eu-west-1', 'eu-west-1'],
  ])('shows %s as %j', (region, expected) => {
    expect(locationOf(region)).toBe(expected);
  });
});

describe('checkRegionName', () => {
  it.each([
    ['us-west-2', 'taken'],
    ['us-east-1', 'taken'],
    ['on-prem', 'taken'],
    ['EU', 'InvalidArgument'],
    ['', 'InvalidArgument'],
    ['west', 'InvalidArgument'],
  ])('judges %j', (text, expected) => {
    expect(
      code(() => {
        checkRegionName(text, 'on-prem');
      }),
    ).toBe(expected);
  });
});
