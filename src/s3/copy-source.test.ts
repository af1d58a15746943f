import { expect, it } from '@jest/globals';
import { parseCopySource } from './copy-source.ts';

const version = '3HL4kqtJvjVBH40Nrjfkd.OPw__x-abc';

it.each([
  ['bucket/key', { bucket: 'bucket', key: 'key' }],
  ['/bucket/key', { bucket: 'bucket', key: 'key' }],
  ['bucket/a/b//c/', { bucket: 'bucket', key: 'a/b//c/' }],
  ['/bucket//key', { bucket: 'bucket', key: '/key' }],
  ['bucket%2Fa%2fb', { bucket: 'bucket', key: 'a/b' }],
  ['bucket/a%20b+c%2Bd', { bucket: 'bucket', key: 'a b c+d' }],
  ['bucket/%C3%A4', { bucket: 'bucket', key: 'ä' }],
  ['bucket/ä', { bucket: 'bucket', key: 'ä' }],
  ['bucket/a?b', { bucket: 'bucket', key: 'a?b' }],
  ['bucket/a%3FversionId=x', { bucket: 'bucket', key: 'a?versionId=x' }],
  ['bucket/a%0Ab', { bucket: 'bucket', key: 'a\nb' }],
  ['bucket/key?versionId=null', { bucket: 'bucket', key: 'key' }],
  [`bucket/key?versionId=${version}`, { bucket: 'bucket', key: 'key', absentVersionId: version }],
])('reads %j', (value, expected) => {
  expect(parseCopySource(value)).toEqual(expected);
});

it.each(['', '/', 'bucket', 'bucket/', '/bucket', '//key', 'bucket/%ZZ', 'bucket/%', 'bucket/%FF', 'bucket/%00'])(
  'refuses %j',
  (value) => {
    expect(() => parseCopySource(value)).toThrow(
      expect.objectContaining({
        code: 'InvalidArgument',
        details: { ArgumentName: 'x-amz-copy-source', ArgumentValue: value },
      }),
    );
  },
);

it.each([
  ['bucket/key?versionId=', 'InvalidArgument'],
  ['bucket/key?versionId=x', 'InvalidArgument'],
  ['arn:aws:s3:us-west-2:123456789012:accesspoint/a/object/b', 'NotImplemented'],
  [`bucket/${'a'.repeat(1025)}`, 'KeyTooLongError'],
])('answers %j with %s', (value, code) => {
  expect(() => parseCopySource(value)).toThrow(expect.objectContaining({ code }));
});
