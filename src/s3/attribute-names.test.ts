import { expect, it } from '@jest/globals';
import { readAttributeNames } from './attribute-names.ts';
import { requestHead } from './request-head.ts';

it.each([
  ['ETag', ['ETag']],
  [
    'ETag,Checksum, ObjectParts ,StorageClass,ObjectSize',
    ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'],
  ],
  ['ETag,,ETag', ['ETag']],
])('reads %j', (value, expected) => {
  expect([...readAttributeNames(requestHead({ 'x-amz-object-attributes': value }))]).toEqual(expected);
});

it.each([
  [{}, 'InvalidRequest'],
  [{ 'x-amz-object-attributes': ' , ' }, 'InvalidRequest'],
  [{ 'x-amz-object-attributes': 'ETag,Size' }, 'InvalidArgument'],
  [{ 'x-amz-object-attributes': 'etag' }, 'InvalidArgument'],
])('answers %j with %s', (headers, code) => {
  expect(() => readAttributeNames(requestHead(headers as Record<string, string>))).toThrow(
    expect.objectContaining({ code }),
  );
});
