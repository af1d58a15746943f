import { describe, expect, it } from '@jest/globals';
import { ledgerKey, parseLedgerKey } from './ledger.ts';

const omId = '0f8fad5b-d9cb-469f-a165-70867728950e-117617281384448000';
const entry = { omId, checksum: { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' } } as const;

describe('the key of a ledger’s entry', () => {
  it.each(['k', 'a/b/k', '/k', 'a/', `${'é'.repeat(450)}/k`, `${'é'.repeat(451)}/k`])('of %j', (key) => {
    const name = ledgerKey(key, entry);
    expect(parseLedgerKey(name)).toEqual(entry);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(1024);
  });

  it('is in the folder of the upload’s key', () => {
    expect(ledgerKey('a/b/k', entry)).toBe(`a/b/.ozone-s3-internal-upload.${omId}.crc64nvme-full_object`);
  });

  it.each(['k', 'a/.ozone-s3-internal-upload.', `a/.ozone-s3-internal-upload.${omId}`, `x${ledgerKey('k', entry)}`])(
    '%j is a user’s',
    (key) => {
      expect(parseLedgerKey(key)).toBeUndefined();
    },
  );
});
