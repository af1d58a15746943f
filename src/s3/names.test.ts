import { describe, expect, it } from '@jest/globals';
import { checkBucketName, isBucketName } from './names.ts';

describe('isBucketName', () => {
  it.each([
    'abc',
    'a'.repeat(63),
    '123',
    'my-bucket.example.com',
    'a.b',
    'a-.b',
    '1.2.3',
    '1.2.3.4.5',
    '192.168.5.4a',
    'sthree',
    's3alias',
    'mrap',
    'amzn-s3-demo',
  ])('takes %s', (name) => {
    expect(isBucketName(name)).toBe(true);
  });

  it.each([
    ['two characters', 'ab'],
    ['64 characters', 'a'.repeat(64)],
    ['nothing', ''],
    ['capitals', 'Bucket'],
    ['an underscore', 'my_bucket'],
    ['a space', 'my bucket'],
    ['a letter that is not ASCII', 'bücket'],
    ['a line end after it', 'abc\n'],
    ['a hyphen first', '-abc'],
    ['a hyphen last', 'abc-'],
    ['a period first', '.abc'],
    ['a period last', 'abc.'],
    ['two periods together', 'a..b'],
    ['an IP address', '192.168.5.4'],
    ['what looks like an IP address', '999.1.1.1'],
    ['xn--', 'xn--abc'],
    ['sthree-', 'sthree-abc'],
    ['sthree-configurator', 'sthree-configurator-a'],
    ['amzn-s3-demo-', 'amzn-s3-demo-bucket'],
    ['-s3alias', 'abc-s3alias'],
    ['--ol-s3', 'abc--ol-s3'],
    ['.mrap', 'abc.mrap'],
    ['--x-s3', 'abc--x-s3'],
    ['--table-s3', 'abc--table-s3'],
    ['-an', 'abc-an'],
  ])('refuses %s', (_what, name) => {
    expect(isBucketName(name)).toBe(false);
  });

  it('names the bucket in the refusal', () => {
    expect(() => {
      checkBucketName('A');
    }).toThrow(expect.objectContaining({ code: 'InvalidBucketName', details: { BucketName: 'A' } }));
  });
});
