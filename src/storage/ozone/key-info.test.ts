import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkWritable } from './bucket-infos.ts';
import { checkReadable, isNamed, toListedObject, toObjectInfo } from './key-info.ts';
import { codecOf, type Sendable } from './proto/codec.ts';
import type { BasicKeyInfo, BucketInfo, KeyInfo } from './proto/om.ts';

function decoded<T>(name: string, fields: Sendable<T>): T {
  const codec = codecOf<T>(`hadoop.ozone.${name}`);
  return codec.decode(codec.encode(fields));
}

const written = { creationTime: 1000, modificationTime: 2000, type: 1, factor: 3 };

function keyInfo(fields: Sendable<KeyInfo>): KeyInfo {
  return decoded<KeyInfo>('KeyInfo', { ...written, keyName: 'k', isFile: true, ...fields });
}

function blocks(...sizes: readonly (readonly [partNumber: number, length: number])[]): Sendable<KeyInfo> {
  const keyLocations = sizes.map(([partNumber, length]) => ({ partNumber, length }));
  return { keyLocationList: [{ version: 0, keyLocations, isMultipartKey: true }] };
}

describe('a key of Ozone as an object', () => {
  it('has its names, times and owner', () => {
    const info = keyInfo({
      dataSize: 5,
      ownerName: 'ada',
      metadata: [{ key: 'ETag', value: '"e"' }],
      tags: [{ key: 't' }],
    });
    expect(toObjectInfo('k', info)).toEqual({
      ...{ key: 'k', headers: {}, metadata: {}, tags: [{ key: 't', value: '' }], storageClass: 'STANDARD' },
      ...{ sizeBytes: 5, etag: 'e', lastModified: new Date(2000), owner: 'ada' },
    });
  });
  it.each([
    [{ type: 1, factor: 3 }, 'STANDARD'],
    [{ type: 1, factor: 1 }, 'REDUCED_REDUNDANCY'],
    [{ type: 2, factor: 1 }, 'REDUCED_REDUNDANCY'],
    [{ type: 4, ecReplicationConfig: { data: 3, parity: 2, codec: 'rs', ecChunkSize: 1024 } }, 'STANDARD_IA'],
  ])('replicated as %j is of class %s', (replication, storageClass) => {
    expect(toObjectInfo('k', keyInfo(replication)).storageClass).toBe(storageClass);
  });
  it('has the same ETag in listings when no gateway gave it one, and no MD5 of other bytes', () => {
    const fields = { ...written, keyName: 'k', dataSize: 7 };
    const { etag } = toObjectInfo('k', keyInfo(fields));
    expect(toListedObject('k', decoded<BasicKeyInfo>('BasicKeyInfo', fields)).etag).toBe(etag);
    expect(etag).toMatch(/^[0-9a-f]{32}-1$/);
    expect(toObjectInfo('k', keyInfo({ ...fields, modificationTime: 2001 })).etag).not.toBe(etag);
    expect(toObjectInfo('k', keyInfo({ dataSize: 0 })).etag).toBe(createHash('md5').digest('hex'));
    expect(toObjectInfo('k', keyInfo(fields)).partsCount).toBeUndefined();
  });
  it('has the parts that its blocks belong to', () => {
    const info = keyInfo({ ...blocks([1, 10], [1, 5], [7, 1]), metadata: [{ key: 'ETag', value: 'e-3' }] });
    expect(toObjectInfo('k', info, { withParts: true })).toMatchObject({
      partsCount: 2,
      parts: [
        { partNumber: 1, sizeBytes: 15 },
        { partNumber: 7, sizeBytes: 1 },
      ],
    });
    expect(toObjectInfo('k', info).parts).toBeUndefined();
  });
  it('has as many parts as its ETag says when it has no blocks, or none', () => {
    const metadata = [{ key: 'ETag', value: 'e-1' }];
    expect(toObjectInfo('k', keyInfo({ ...blocks(), metadata })).partsCount).toBe(1);
    expect(toObjectInfo('k', keyInfo({ metadata })).partsCount).toBeUndefined();
    expect(toObjectInfo('k', keyInfo(blocks([-1, 5]))).partsCount).toBeUndefined();
  });
  it('is not what the OM makes of another name', () => {
    const wrong = [
      ['e', 'e/'],
      ['z/', 'z'],
      ['e//f', 'e/f'],
      ['\t', ' '],
    ] as const;
    for (const [key, keyName] of wrong) expect(isNamed(key, { keyName })).toBe(false);
    expect(isNamed('e/', { keyName: 'e/' })).toBe(true);
  });
});

const gdpr = { metadata: [{ key: 'gdprEnabled', value: 'true' }] };
const ec = { type: 4, ecReplicationConfig: { data: 3, parity: 2, codec: 'rs', ecChunkSize: 1024 } };

describe('what this gateway cannot read or write as it is stored', () => {
  it.each([{ fileEncryptionInfo: { keyName: 'k' } }, gdpr, ec])('is refused when read: %j', (fields) => {
    expect(() => {
      checkReadable(keyInfo(fields));
    }).toThrow('does not read yet');
  });
  it.each([{ beinfo: { keyName: 'k' } }, gdpr, { defaultReplicationConfig: ec }])(
    'is refused when written: %j',
    (fields) => {
      expect(() => {
        checkWritable(decoded<BucketInfo>('BucketInfo', fields), false);
      }).toThrow('does not write yet');
    },
  );
  it('is nothing else', () => {
    checkReadable(keyInfo({}));
    checkWritable(decoded<BucketInfo>('BucketInfo', {}), false);
    checkWritable(decoded<BucketInfo>('BucketInfo', { defaultReplicationConfig: ec }), true);
  });
});
