import { expect, it } from '@jest/globals';
import { isAbsentVersion, noSuchVersion } from './version-id.ts';

it.each([
  [undefined, false],
  ['null', false],
  ['3HL4kqtJvjVBH40Nrjfkd.OPw__x-abc', true],
])('%s is a version elsewhere: %s', (versionId, expected) => {
  expect(isAbsentVersion(versionId)).toBe(expected);
});

it.each(['', 'x', 'NULL', 'a'.repeat(31), 'a'.repeat(33), `${'a'.repeat(31)}!`])('refuses %j', (versionId) => {
  expect(() => isAbsentVersion(versionId)).toThrow(
    expect.objectContaining({
      code: 'InvalidArgument',
      details: { ArgumentName: 'versionId', ArgumentValue: versionId },
    }),
  );
});

it('says which version is not there', () => {
  expect(noSuchVersion('k', 'v')).toMatchObject({ code: 'NoSuchVersion', details: { Key: 'k', VersionId: 'v' } });
});
