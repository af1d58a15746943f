import { expect, it } from '@jest/globals';
import { checkCopySize, checkProposedSize, maxSinglePutBytes } from './size-limits.ts';

it('takes 5 GiB in one request and no more', () => {
  expect(() => {
    checkProposedSize(maxSinglePutBytes);
    checkCopySize(maxSinglePutBytes);
  }).not.toThrow();
  expect(() => {
    checkProposedSize(maxSinglePutBytes + 1);
  }).toThrow(
    expect.objectContaining({
      code: 'EntityTooLarge',
      details: { ProposedSize: '5368709121', MaxSizeAllowed: '5368709120' },
    }),
  );
  expect(() => {
    checkCopySize(maxSinglePutBytes + 1);
  }).toThrow(expect.objectContaining({ code: 'InvalidRequest' }));
});
