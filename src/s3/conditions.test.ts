import { describe, expect, it } from '@jest/globals';
import { checkCopySourceConditions, checkReadConditions, isRangeInForce } from './conditions.ts';
import { requestHead } from './request-head.ts';

const subject = { etag: 'abc', lastModified: new Date('2026-03-04T05:06:07.890Z') };
const same = 'Wed, 04 Mar 2026 05:06:07 GMT';
const before = 'Wed, 04 Mar 2026 05:06:06 GMT';
const after = 'Wed, 04 Mar 2026 05:06:08 GMT';

function outcome(action: () => unknown): unknown {
  try {
    return action() ?? 'met';
  } catch (error) {
    return error;
  }
}

const failed = (condition: string) =>
  expect.objectContaining({ code: 'PreconditionFailed', status: 412, details: { Condition: condition } });

const table: [string, Record<string, string>, string][] = [
  ['nothing', {}, 'met'],
  ['the ETag', { 'if-match': '"abc"' }, 'met'],
  ['any ETag', { 'if-match': '*' }, 'met'],
  ['another ETag', { 'if-match': '"x"' }, 'If-Match'],
  ['a weak ETag', { 'if-match': 'W/"abc"' }, 'If-Match'],
  ['unmodified since then', { 'if-unmodified-since': same }, 'met'],
  ['unmodified since later', { 'if-unmodified-since': after }, 'met'],
  ['unmodified since before', { 'if-unmodified-since': before }, 'If-Unmodified-Since'],
  ['the ETag, and unmodified since before', { 'if-match': 'abc', 'if-unmodified-since': before }, 'met'],
  ['another ETag, and unmodified since', { 'if-match': 'x', 'if-unmodified-since': after }, 'If-Match'],
  ['not the ETag', { 'if-none-match': '"abc"' }, 'If-None-Match'],
  ['not the ETag, weakly', { 'if-none-match': 'W/"abc"' }, 'If-None-Match'],
  ['no ETag', { 'if-none-match': '*' }, 'If-None-Match'],
  ['not another ETag', { 'if-none-match': '"x"' }, 'met'],
  ['modified since before', { 'if-modified-since': before }, 'met'],
  ['modified since then', { 'if-modified-since': same }, 'If-Modified-Since'],
  ['modified since later', { 'if-modified-since': after }, 'If-Modified-Since'],
  ['not another ETag, and modified since later', { 'if-none-match': '"x"', 'if-modified-since': after }, 'met'],
  ['not the ETag, and modified', { 'if-none-match': 'abc', 'if-modified-since': before }, 'If-None-Match'],
  ['the ETag and not the ETag', { 'if-match': 'abc', 'if-none-match': 'abc' }, 'If-None-Match'],
  ['a date that is none', { 'if-unmodified-since': 'yesterday', 'if-modified-since': '7' }, 'met'],
];

describe('checkReadConditions', () => {
  it.each(table)('%s', (_what, headers, expected) => {
    const notModified = expected === 'If-None-Match' || expected === 'If-Modified-Since';
    const result = outcome(() => checkReadConditions(requestHead(headers), subject));
    expect(result).toEqual(expected === 'met' ? 'met' : notModified ? 'not-modified' : failed(expected));
  });

  it('reads a list that comes on several lines', () => {
    const head = {
      ...requestHead({ 'if-match': '"x"' }),
      headerList: [
        ['if-match', '"x"'],
        ['if-match', '"abc"'],
      ] as const,
    };
    expect(checkReadConditions(head, subject)).toBe('met');
  });
});

describe('checkCopySourceConditions', () => {
  it.each(table)('%s', (_what, headers, expected) => {
    const prefixed = Object.entries(headers).map(([name, value]) => [`x-amz-copy-source-${name}`, value]);
    const head = requestHead(Object.fromEntries(prefixed) as Record<string, string>);
    const result = outcome(() => {
      checkCopySourceConditions(head, subject);
    });
    expect(result).toEqual(expected === 'met' ? 'met' : failed(`x-amz-copy-source-${expected}`));
  });
});

it.each([
  [undefined, true],
  ['"abc"', true],
  ['"x"', false],
  ['W/"abc"', false],
  ['*', false],
  [same, true],
  [before, false],
  [after, false],
])('If-Range: %s leaves a range in force: %s', (value, expected) => {
  const headers = value === undefined ? undefined : { 'if-range': value };
  expect(isRangeInForce(requestHead(headers ?? {}), subject)).toBe(expected);
});
