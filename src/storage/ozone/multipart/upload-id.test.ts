import { describe, expect, it } from '@jest/globals';
import { checksumAlgorithms } from '../../../s3/checksum.ts';
import { compareUploadOrders, formatUploadId, parseUploadId, uploadOrder } from './upload-id.ts';

const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
const omId = `${uuid}-117617281384448000`;

describe('an upload id', () => {
  it('is the OM’s own without a checksum, and tells when it was begun', () => {
    expect(formatUploadId(omId, undefined)).toBe(omId);
    const initiatedAt = new Date(Number(117617281384448000n >> 16n));
    expect(parseUploadId(omId)).toEqual({ omId, checksum: undefined, initiatedAt });
  });

  it.each(checksumAlgorithms)('carries %s', (algorithm) => {
    for (const type of ['COMPOSITE', 'FULL_OBJECT'] as const) {
      const id = formatUploadId(omId, { algorithm, type });
      expect(id).toBe(`${omId}.${algorithm.toLowerCase()}-${type.toLowerCase()}`);
      expect(parseUploadId(id)).toMatchObject({ omId, checksum: { algorithm, type } });
    }
  });

  it.each(['', 'x', uuid, `${uuid}-0`, `${omId}.`, `${omId}.md5-composite`, `${omId}.crc32`, `${omId}.crc32-half`])(
    '%j is none',
    (text) => {
      expect(parseUploadId(text)).toBeUndefined();
    },
  );

  it('orders uploads by their beginning', () => {
    const early = `ffffffff-d9cb-469f-a165-70867728950e-999999999999`;
    const late = `00000000-d9cb-469f-a165-70867728950e-1000000000000.crc32-composite`;
    const ordered = [late, 'foreign', early].map(uploadOrder).sort(compareUploadOrders);
    expect(ordered).toEqual(['foreign', early, late].map(uploadOrder));
  });
});
