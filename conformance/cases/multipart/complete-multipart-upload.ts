import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, type CompletedPart } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { multipartEtag } from '../../fixtures/digests.ts';
import {
  complete,
  completion,
  expectParts,
  largePart,
  sendPart,
  startUpload,
  unknownUploadId,
} from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html';
const completes = {
  operation: 'CompleteMultipartUpload',
  feature: 'multipart',
  level: 'core',
  severity: 'critical',
  reference,
} as const;

/** What clients tell a multipart object by; whether the digits are right is a case of its own. */
const etagOf = (parts: number): RegExp => new RegExp(`^"[0-9a-f]{32}-${String(parts)}"$`);

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.parts.one',
  title: 'one small part becomes the object, and the upload is over',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'the only part');
    const subject = await complete(t, upload, [part]);
    const output = subject.expectOk();
    subject.expectRoot('CompleteMultipartUploadResult');
    t.expectEqual([output.Bucket, output.Key], [bucket, 'k'], 'Bucket and Key');
    t.expectMatch(output.ETag, etagOf(1), 'ETag');
    t.expectTrue(output.Location !== undefined, 'Location is there', 'wrong-shape');
    await t.expectObject(bucket, 'k', 'the only part');
    const uploads = await t.observe(new ListMultipartUploadsCommand({ Bucket: bucket }));
    t.expectEqual(uploads.output?.Uploads ?? [], [], 'uploads in progress', 'ignored');
  },
});

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.parts.two',
  title: 'parts sent in any order become the object in the order of their numbers',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const second = await sendPart(t, upload, 2, 'the second part');
    const first = await sendPart(t, upload, 1, largePart);
    const subject = await complete(t, upload, [first, second]);
    t.expectMatch(subject.expectOk().ETag, etagOf(2), 'ETag');
    await t.expectObject(bucket, 'k', Buffer.concat([largePart, Buffer.from('the second part')]));
  },
});

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.parts.some-of-them',
  title: 'only the parts that are named become the object, whatever their numbers',
  requires: ['large-object'],
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const third = await sendPart(t, upload, 3, largePart);
    await sendPart(t, upload, 5, 'left out');
    const last = await sendPart(t, upload, 70, 'the end');
    const subject = await complete(t, upload, [third, last]);
    subject.expectOk();
    await t.expectObject(bucket, 'k', Buffer.concat([largePart, Buffer.from('the end')]));
  },
});

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.existing-key.replaced',
  title: 'the object that was there stays as it is until the upload is completed, and is replaced then',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before', { metadata: { old: '1' } });
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'after');
    const subject = await complete(t, upload, [part]);
    t.expectMatch(subject.expectOk().ETag, etagOf(1), 'ETag');
    await t.expectObject(bucket, 'k', 'after');
  },
});

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.etag.without-quotes',
  title: 'the ETag of a part may come without its quotes',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'v');
    const subject = await complete(t, upload, [{ PartNumber: 1, ETag: part.ETag?.replaceAll('"', '') }]);
    t.expectMatch(subject.expectOk().ETag, etagOf(1), 'ETag');
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineTable(['all-parts', 'some-of-them'] as const, (which) => ({
  ...completes,
  id: `CompleteMultipartUpload.etag.of-${which}`,
  title: `the ETag is the MD5 of the completed parts' MD5s, and how many they are (${which.replaceAll('-', ' ')})`,
  feature: 'etag',
  level: 'extended',
  severity: 'major',
  requires: ['large-object'],
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const first = await sendPart(t, upload, 1, largePart);
    if (which === 'some-of-them') await sendPart(t, upload, 2, 'left out');
    const last = await sendPart(t, upload, 3, 'the end');
    const subject = await complete(t, upload, [first, last]);
    t.expectEqual(subject.expectOk().ETag, multipartEtag([largePart, 'the end']), 'ETag');
  },
}));

interface Refusal {
  readonly condition: string;
  readonly parts: (sent: CompletedPart[]) => CompletedPart[];
  readonly code: string;
}

const refusals: readonly Refusal[] = [
  { condition: 'never-sent', parts: (sent) => [...sent, { PartNumber: 9, ETag: sent[0]?.ETag }], code: 'InvalidPart' },
  {
    condition: 'other-etag',
    parts: () => [{ PartNumber: 1, ETag: '"00000000000000000000000000000000"' }],
    code: 'InvalidPart',
  },
  { condition: 'descending', parts: (sent) => sent.toReversed(), code: 'InvalidPartOrder' },
  { condition: 'too-small', parts: (sent) => sent, code: 'EntityTooSmall' },
  { condition: 'none', parts: () => [], code: 'MalformedXML' },
];

defineTable(refusals, ({ condition, parts, code }) => ({
  ...completes,
  id: `CompleteMultipartUpload.parts.${condition}`,
  title: `parts ${condition.replaceAll('-', ' ')}: refused; the object and the upload stay`,
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'before');
    const upload = await startUpload(t, bucket);
    const sent = [await sendPart(t, upload, 1, 'first'), await sendPart(t, upload, 2, 'second')];
    const subject = await complete(t, upload, parts(sent));
    subject.expectError({ status: 400, code });
    await t.expectObject(bucket, 'k', 'before');
    await expectParts(t, upload, [
      [1, 5],
      [2, 6],
    ]);
  },
}));

defineTable(
  [
    ['no-xml', 'parts, please'],
    ['other-root', '<Parts><Part><PartNumber>1</PartNumber></Part></Parts>'],
    ['cut-off', '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>'],
  ] as const,
  ([condition, body]) => ({
    ...completes,
    id: `CompleteMultipartUpload.document.${condition}`,
    severity: 'major',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      const upload = await startUpload(t, bucket);
      await sendPart(t, upload, 1, 'v');
      const query = [['uploadId', upload.UploadId]] as const;
      const subject = await t.raw({ method: 'POST', path: t.path(bucket, 'k'), query, body });
      subject.expectError({ status: 400, code: 'MalformedXML' });
      await t.expectAbsent(bucket, 'k');
      await expectParts(t, upload, [[1, 1]]);
    },
  }),
);

defineTable(['unknown', 'aborted', 'of-another-key'] as const, (which) => ({
  ...completes,
  id: `CompleteMultipartUpload.upload-id.${which}`,
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'v');
    if (which === 'aborted') await t.setup(new AbortMultipartUploadCommand(upload));
    const named = {
      ...upload,
      ...(which === 'unknown' && { UploadId: unknownUploadId }),
      ...(which === 'of-another-key' && { Key: 'other' }),
    };
    const subject = await complete(t, named, [part]);
    subject.expectError({ status: 404, code: 'NoSuchUpload' });
    await t.expectKeys(bucket, []);
  },
}));

defineCase({
  ...completes,
  id: 'CompleteMultipartUpload.repeated.same-answer',
  title: 'completing again with the same parts, as a client does whose answer was lost, gets the same answer',
  level: 'extended',
  severity: 'major',
  clients: ['s3a'],
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'v');
    const { ETag } = await t.setup(completion(upload, [part]));
    const subject = await complete(t, upload, [part]);
    t.expectMatch(ETag, etagOf(1), 'the first ETag');
    t.expectEqual(subject.expectOk().ETag, ETag, 'ETag');
    await t.expectObject(bucket, 'k', 'v');
  },
});
