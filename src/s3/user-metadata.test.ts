import { expect, it } from '@jest/globals';
import { requestHead } from './request-head.ts';
import { addUserMetadata, readUserMetadata } from './user-metadata.ts';

it('reads names without their prefix and joins what comes twice', () => {
  const head = {
    ...requestHead({}),
    headerList: [
      ['x-amz-meta-a', '1'],
      ['content-type', 'text/plain'],
      ['x-amz-meta-b', 'ä'],
      ['x-amz-meta-a', '2'],
      ['x-amz-meta-__proto__', 'x'],
      ['x-amz-meta-c', '=?UTF-8?B?w6Q=?='],
      ['x-amz-meta-empty', ''],
    ] as const,
  };
  expect(Object.entries(readUserMetadata(head))).toEqual([
    ['a', '1,2'],
    ['b', 'ä'],
    ['__proto__', 'x'],
    ['c', 'ä'],
    ['empty', ''],
  ]);
});

it.each([
  [{ 'x-amz-meta-a': 'x'.repeat(2047) }, undefined],
  [{ 'x-amz-meta-a': 'x'.repeat(2048) }, '2049'],
  [{ 'x-amz-meta-a': 'é'.repeat(1024) }, '2049'],
  [{ 'x-amz-meta-a': 'x'.repeat(1023), 'x-amz-meta-b': 'x'.repeat(1024) }, '2049'],
])('takes 2 KB and no more (%#)', (headers, size) => {
  const read = (): unknown => readUserMetadata(requestHead(headers));
  if (size === undefined) expect(read).not.toThrow();
  else {
    expect(read).toThrow(
      expect.objectContaining({ code: 'MetadataTooLarge', details: { Size: size, MaxSizeAllowed: '2048' } }),
    );
  }
});

it('writes what is not ASCII as encoded words', () => {
  const headers: Record<string, string> = {};
  addUserMetadata({ a: '1', b: 'ä' }, headers);
  expect(headers).toEqual({ 'x-amz-meta-a': '1', 'x-amz-meta-b': '=?UTF-8?B?w6Q=?=' });
});
