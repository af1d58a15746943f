import { defineCase } from '../../engine/define-case.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html';

defineCase({
  id: 'PutObject.sigv4.wrong-signature',
  title: 'a write whose signature is wrong by one digit is refused',
  operation: 'PutObject',
  feature: 'sigv4',
  level: 'core',
  severity: 'critical',
  requires: ['auth-enforced'],
  reference,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const flip = (hex: string): string => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`;
    const put = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      body: 'v',
      sign: { faults: { signature: flip } },
    });
    put.expectError({ status: 403, code: 'SignatureDoesNotMatch' });
    await t.expectAbsent(bucket, 'k');
  },
});
