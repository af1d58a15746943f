import { describe, expect, it } from '@jest/globals';
import { ledgerKey, ledgerPrefix, parseLedgerKey } from './ledger.ts';

const omId = '0f8fad5b-d9cb-469f-a165-70867728950e-117617281384448000';
const entry = { omId, checksum: { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' } } as const;
const name = `.ozone-s3-internal-upload.${omId}.crc64nvme-full_object`;

describe('the key of a ledger’s entry', () => {
  it.each(['k', 'a/b/k', '/k', 'a/', `${'é'.repeat(449)}/k`])('of %j', (key) => {
    const found = ledgerKey(key, entry) ?? '';
    expect(parseLedgerKey(found)).toEqual(entry);
    expect(found.startsWith(ledgerPrefix(key, omId) ?? 'nothing')).toBe(true);
    expect(Buffer.byteLength(found)).toBeLessThanOrEqual(1024);
  });

  it('is in the folder of the upload’s key', () => {
    expect(ledgerKey('a/b/k', entry)).toBe(`a/b/${name}`);
  });

  it('is none where the key would be too long', () => {
    expect(ledgerKey(`${'é'.repeat(450)}/k`, entry)).toBeUndefined();
  });

  it.each(['k', 'a/.ozone-s3-internal-upload.', `a/.ozone-s3-internal-upload.${omId}`, `x${name}`])(
    '%j is a user’s',
    (key) => {
      expect(parseLedgerKey(key)).toBeUndefined();
    },
  );
});
