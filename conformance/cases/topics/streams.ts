import { PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { defineCase } from '../../engine/define-case.ts';
import { expectParts, startUpload } from '../../fixtures/multipart.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const described = { feature: 'http', level: 'core', severity: 'major' } as const;

/** The SDK makes an awsChunk of each; but for the last one it has 8,192 bytes or more. */
const pieces = [Buffer.alloc(20_000, 'first'), Buffer.from('x')];

defineCase({
  ...described,
  id: 'PutObject.content-length.of-a-stream',
  title: 'a stream whose length is known is sent as it is, and kept',
  operation: 'PutObject',
  reference: apiPage('PutObject'),
  run: async (t) => {
    const bucket = await t.bucket();
    const input = { Bucket: bucket, Key: 'k', Body: Readable.from(pieces), ContentLength: 20_001 };
    (await t.subject(new PutObjectCommand(input))).expectOk();
    await t.expectObject(bucket, 'k', Buffer.concat(pieces));
  },
});

defineCase({
  ...described,
  id: 'UploadPart.content-length.of-a-stream',
  title: 'a part that is a stream of known length has that length',
  operation: 'UploadPart',
  reference: apiPage('UploadPart'),
  run: async (t) => {
    const upload = await startUpload(t, await t.bucket());
    const of = { Body: Readable.from(pieces), ContentLength: 20_001, ChecksumAlgorithm: 'CRC32' } as const;
    const input = { ...upload, ...of, PartNumber: 1 };
    t.expectMatch((await t.subject(new UploadPartCommand(input))).expectOk().ETag, /^"[0-9a-f]{32}"$/, 'ETag');
    await expectParts(t, upload, [[1, 20_001]]);
  },
});
