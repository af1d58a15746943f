import { describe, expect, it } from '@jest/globals';
import { requestHead } from './request-head.ts';
import { deleteCondition, writeCondition } from './write-condition.ts';

const refused = (header: string) =>
  expect.objectContaining({ code: 'NotImplemented', status: 501, details: { Header: header } });

describe('writeCondition', () => {
  it.each([
    [{}, undefined],
    [{ 'if-match': '"abc"' }, { ifMatch: 'abc' }],
    [{ 'if-match': 'abc' }, { ifMatch: 'abc' }],
    [{ 'if-match': '*' }, { ifMatch: '*' }],
    [{ 'if-none-match': '*' }, { ifNoneMatch: '*' }],
  ])('reads %j', (headers, expected) => {
    expect(writeCondition(requestHead(headers as Record<string, string>))).toEqual(expected);
  });

  it.each([
    [{ 'if-none-match': '"abc"' }, 'If-None-Match'],
    [{ 'if-match': 'abc', 'if-none-match': '*' }, 'If-Match,If-None-Match'],
    [{ 'if-modified-since': 'x' }, 'If-Modified-Since'],
    [{ 'if-unmodified-since': 'x' }, 'If-Unmodified-Since'],
  ])('refuses %j', (headers, name) => {
    expect(() => writeCondition(requestHead(headers as Record<string, string>))).toThrow(refused(name));
  });
});

it('lets a delete depend on an ETag alone', () => {
  expect(deleteCondition(requestHead({ 'if-match': '"abc"' }))).toEqual({ ifMatch: 'abc' });
  expect(() => deleteCondition(requestHead({ 'if-none-match': '*' }))).toThrow(refused('If-None-Match'));
});
