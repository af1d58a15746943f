import { describe, expect, it } from '@jest/globals';
import { findRecord, findRecordOfUpload, recordsAmong, toAcl, type CompletionRecord } from './completion-record.ts';

const plain: CompletionRecord = {
  etag: 'd41d8cd98f00b204e9800998ecf8427e-2',
  uploadId: '0f8fad5b-d9cb-469f-a165-70867728950e-117617281384448000',
  namedParts: '59adb24ef3cdbe0297f05b395827453f-2',
  sizeBytes: 5_242_887,
  checksum: undefined,
  partChecksums: [],
};
const owner = { type: 1, name: 'ada', rights: Uint8Array.of(128), aclScope: 0 };

describe('the record of a completion', () => {
  it.each([
    plain,
    { ...plain, checksum: { algorithm: 'SHA256', type: 'COMPOSITE', value: 'YWJj-2' } },
    {
      ...plain,
      checksum: { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: 'AAAAAAAAAAA=' },
      partChecksums: ['AAAAAAAAAAE=', 'AAAAAAAAAAI='],
    },
    {
      ...plain,
      checksum: { algorithm: 'CRC32', type: 'COMPOSITE', value: 'AAAAAA==-2' },
      partChecksums: ['AAAAAQ==', 'AAAAAg=='],
    },
  ] satisfies CompletionRecord[])('comes back: %#', (record) => {
    expect(findRecord([owner, toAcl(record)], record.etag)).toEqual(record);
  });

  it('grants nothing, to nobody', () => {
    expect(toAcl(plain)).toMatchObject({ type: 1, rights: Uint8Array.of(0, 1), aclScope: 0 });
  });

  it('belongs to the object of its ETag', () => {
    expect(findRecord([owner, toAcl(plain)], 'd41d8cd98f00b204e9800998ecf8427e')).toBeUndefined();
  });

  it('is found by its upload, whatever the key holds now', () => {
    const acls = [owner, toAcl({ ...plain, uploadId: 'other' }), toAcl(plain)];
    expect(findRecordOfUpload(acls, plain.uploadId)).toEqual(plain);
    expect(findRecordOfUpload(acls, plain.etag)).toBeUndefined();
  });

  it('is the last of several', () => {
    const second = { ...plain, uploadId: 'second' };
    const acls = [toAcl(plain), toAcl(second), owner];
    expect(findRecord(acls, plain.etag)).toEqual(second);
    expect(recordsAmong(acls)).toEqual(acls.slice(0, 2));
  });

  it('does without the checksums of very many parts', () => {
    const many = Array.from({ length: 10_000 }, () => 'AAAAAAAAAAE=');
    const record = {
      ...plain,
      checksum: { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: 'AAAAAAAAAAA=' },
    } as const;
    expect(findRecord([toAcl({ ...record, partChecksums: many })], plain.etag)).toEqual(record);
    const fewer = many.slice(0, 5000);
    expect(findRecord([toAcl({ ...record, partChecksums: fewer })], plain.etag)?.partChecksums).toEqual(fewer);
  });
});
