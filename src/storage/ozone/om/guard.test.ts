import { describe, expect, it } from '@jest/globals';
import type { OmCommand, OmRequestOf } from './commands.ts';
import { checkRequest } from './guard.ts';

const names = { volumeName: 's3v', bucketName: 'b', keyName: 'k' };
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' }));

function codeOf<C extends OmCommand>(command: C, request: OmRequestOf<C>): unknown {
  try {
    checkRequest(command, request);
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code ?? (error as Error).message;
  }
}

describe('what the OM must not be given', () => {
  it.each([
    ['a key with NUL', { ...names, keyName: 'a\0b' }, 'InvalidArgument'],
    ['a bucket with NUL', { ...names, bucketName: 'a\0b' }, 'InvalidArgument'],
    ['half a surrogate pair', { ...names, keyName: 'a\ud800' }, 'InvalidArgument'],
    ['a tag with NUL', { ...names, tags: [{ key: 'k', value: '\0' }] }, 'InvalidArgument'],
    ['metadata with NUL', { ...names, metadata: [{ key: 'k', value: '\0' }] }, 'InvalidArgument'],
    ['an empty key', { ...names, keyName: '' }, 'InvalidURI'],
    ['no key', { volumeName: 's3v', bucketName: 'b' }, 'InvalidURI'],
    ['a key of 1025 bytes', { ...names, keyName: `${'ä'.repeat(512)}a` }, 'KeyTooLongError'],
    ['eleven tags', { ...names, tags: tags(11) }, 'BadRequest'],
    ['a long tag', { ...names, tags: [{ key: 'k'.repeat(129), value: '' }] }, 'InvalidTag'],
  ])('%s', (_, keyArgs, code) => {
    expect(codeOf('CreateKey', { keyArgs })).toBe(code);
    expect(codeOf('PutObjectTagging', { keyArgs })).toBe(code);
  });

  it.each([undefined, 0, -1, 1.5, Number.NaN, 10_001])('part number %p', (multipartNumber) => {
    const keyArgs = { ...names, isMultipartKey: true, ...(multipartNumber !== undefined && { multipartNumber }) };
    expect(codeOf('CreateKey', { keyArgs })).toBe('InvalidArgument');
    expect(codeOf('CommitMultiPartUpload', { keyArgs })).toBe('InvalidArgument');
    const partsList = [{ partName: 'e', ...(multipartNumber !== undefined && { partNumber: multipartNumber }) }];
    expect(codeOf('CompleteMultiPartUpload', { keyArgs: names, partsList })).toBe('InvalidArgument');
    if (multipartNumber !== undefined) expect(codeOf('GetKeyInfo', { keyArgs })).toBe('InvalidArgument');
  });

  it.each([undefined, 0, -1, 1001])('a list of %p', (count) => {
    const given = count !== undefined && { count };
    expect(codeOf('ListKeysLight', { volumeName: 's3v', bucketName: 'b', ...given })).toContain('1 to 1000');
    expect(codeOf('ListBuckets', { volumeName: 's3v', ...given })).toContain('1 to 1000');
  });

  it('one key among many', () => {
    expect(codeOf('DeleteKeys', { deleteKeys: { ...names, keys: ['a', ''] } })).toBe('InvalidURI');
    expect(codeOf('DeleteKeys', { deleteKeys: { ...names, keys: ['a', 'b\0'] } })).toBe('InvalidArgument');
  });

  it('a block of unknown replication', () => {
    expect(codeOf('AllocateBlock', { keyArgs: names })).toContain('replication');
  });
});

describe('what the OM is given', () => {
  it.each<[string, unknown]>([
    ['a key of 1024 bytes', codeOf('CreateKey', { keyArgs: { ...names, keyName: 'ä'.repeat(512) } })],
    ['a pair of surrogates', codeOf('CreateKey', { keyArgs: { ...names, keyName: '😀' } })],
    ['ten tags', codeOf('CreateKey', { keyArgs: { ...names, tags: tags(10) } })],
    ['part 10000', codeOf('CreateKey', { keyArgs: { ...names, isMultipartKey: true, multipartNumber: 10_000 } })],
    ['the root folder', codeOf('ListStatusLight', { keyArgs: { ...names, keyName: '' }, numEntries: 1000 })],
  ])('%s', (_, code) => {
    expect(code).toBeUndefined();
  });
});
