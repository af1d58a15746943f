import { describe, expect, it } from '@jest/globals';
import { requestHead } from '../s3/request-head.ts';
import type { ObjectInfo } from '../storage/values.ts';
import { planRead } from './object-read.ts';

const whole: ObjectInfo = {
  key: 'k',
  headers: { 'content-type': 'text/plain' },
  metadata: {},
  tags: [],
  storageClass: 'STANDARD',
  sizeBytes: 10,
  etag: 'abc',
  lastModified: new Date('2026-03-04T05:06:07.890Z'),
  checksum: { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'whole' },
  owner: 'u',
};
const inParts: ObjectInfo = {
  ...whole,
  etag: 'abc-2',
  checksum: { algorithm: 'CRC32', type: 'COMPOSITE', value: 'whole-2' },
  partsCount: 2,
  parts: [
    { partNumber: 1, sizeBytes: 6, checksum: 'one' },
    { partNumber: 3, sizeBytes: 4, checksum: 'three' },
  ],
};
const emptyObject: ObjectInfo = { ...whole, sizeBytes: 0 };
const enabled = { 'x-amz-checksum-mode': 'ENABLED' };

function plan(info: ObjectInfo, headers: Record<string, string>, partNumber?: number) {
  const read = { overrides: {}, ...(partNumber === undefined ? {} : { partNumber }) };
  return planRead({ method: 'GET', ...requestHead(headers) }, read, info);
}

describe('planRead', () => {
  it.each([
    ['the whole object', whole, {}, undefined, 200, undefined, { 'content-length': '10' }],
    [
      'a range',
      whole,
      { range: 'bytes=2-4' },
      undefined,
      206,
      { first: 2, last: 4 },
      { 'content-length': '3', 'content-range': 'bytes 2-4/10' },
    ],
    [
      'a range that is no longer in force',
      whole,
      { range: 'bytes=2-4', 'if-range': '"x"' },
      undefined,
      200,
      undefined,
      {},
    ],
    [
      'a part by its number',
      inParts,
      {},
      3,
      206,
      { first: 6, last: 9 },
      { 'content-length': '4', 'content-range': 'bytes 6-9/10', 'x-amz-mp-parts-count': '2' },
    ],
    ['the only part', whole, {}, 1, 206, { first: 0, last: 9 }, { 'content-range': 'bytes 0-9/10' }],
    ['the only part of nothing', emptyObject, {}, 1, 200, undefined, { 'content-length': '0' }],
  ])('%s', (_what, info, headers, partNumber, status, range, expected) => {
    const planned = plan(info, headers, partNumber);
    expect([planned.status, planned.range]).toEqual([status, range]);
    expect(planned.headers).toMatchObject(expected);
  });

  it.each([
    ['when asked', whole, enabled, undefined, 'whole'],
    ['not when not asked', whole, {}, undefined, undefined],
    ['not of a range', whole, { ...enabled, range: 'bytes=0-1' }, undefined, undefined],
    ['of a range of everything', whole, { ...enabled, range: 'bytes=0-' }, undefined, 'whole'],
    ['of a part', inParts, enabled, 3, 'three'],
    ['of the only part', whole, enabled, 1, 'whole'],
  ])('tells the checksum %s', (_what, info, headers, partNumber, value) => {
    const planned = plan(info, headers, partNumber).headers;
    expect(planned['x-amz-checksum-crc32']).toBe(value);
    expect(planned['x-amz-checksum-type']).toBe(value === undefined ? undefined : info.checksum?.type);
  });

  it('counts parts only where one is asked for', () => {
    expect(plan(inParts, {}).headers).not.toHaveProperty('x-amz-mp-parts-count');
    expect(plan(whole, {}, 1).headers).not.toHaveProperty('x-amz-mp-parts-count');
  });

  it('answers 304 with nothing of the body', () => {
    const { status, headers } = plan(whole, { 'if-none-match': 'abc', range: 'bytes=99-' });
    expect(status).toBe(304);
    expect(headers).toEqual({ etag: '"abc"', 'last-modified': 'Wed, 04 Mar 2026 05:06:07 GMT' });
  });

  it.each([
    ['a condition', whole, { 'if-match': 'x', range: 'bytes=99-' }, undefined, 'PreconditionFailed'],
    ['a range past the end', whole, { range: 'bytes=10-' }, undefined, 'InvalidRange'],
    ['a part that is not there', inParts, {}, 2, 'InvalidPartNumber'],
    ['a second part of one', whole, {}, 2, 'InvalidPartNumber'],
  ])('refuses %s', (_what, info, headers, partNumber, code) => {
    expect(() => plan(info, headers as Record<string, string>, partNumber)).toThrow(expect.objectContaining({ code }));
  });
});
