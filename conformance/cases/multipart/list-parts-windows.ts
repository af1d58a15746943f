import { AbortMultipartUploadCommand, ListPartsCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { md5Hex } from '../../fixtures/digests.ts';
import { completion, expectParts, sendPart, startUpload } from '../../fixtures/multipart.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html';
const list = { operation: 'ListParts', feature: 'multipart', level: 'core', severity: 'major', reference } as const;

defineTable(
  [
    ['max-parts-exact', { MaxParts: 3 }, [1, 5, 10_000], false],
    ['max-parts-1', { MaxParts: 1 }, [1], true],
    ['marker-is-no-part', { PartNumberMarker: '3' }, [5, 10_000], false],
    ['marker-past-all-numbers', { PartNumberMarker: '10001' }, [], false],
  ] as const,
  ([condition, input, numbers, isTruncated]) => ({
    ...list,
    id: `ListParts.window.${condition}`,
    title: `of the parts 1, 5 and 10,000, ${condition.replaceAll('-', ' ')}: ${numbers.join(', ') || 'none'}`,
    feature: 'listing-pagination',
    level: condition === 'marker-past-all-numbers' ? 'extended' : 'core',
    run: async (t) => {
      const upload = await startUpload(t, await t.bucket());
      for (const number of [10_000, 1, 5]) await sendPart(t, upload, number, 'v');
      const output = (await t.subject(new ListPartsCommand({ ...upload, ...input }))).expectOk();
      const found = (output.Parts ?? []).map(({ PartNumber }) => PartNumber);
      t.expectEqual([output.UploadId, found], [upload.UploadId, numbers], 'UploadId and part numbers');
      t.expectEqual(output.IsTruncated, isTruncated, 'IsTruncated');
    },
  }),
);

defineCase({
  ...list,
  id: 'ListParts.pages.walked',
  title: 'page by page, each of twelve parts comes once, in the order of numbers',
  feature: 'listing-pagination',
  run: async (t) => {
    const upload = await startUpload(t, await t.bucket());
    const numbers = [1, 2, 3, 9, 10, 11, 20, 99, 100, 101, 200, 1000];
    await Promise.all(numbers.map((number) => sendPart(t, upload, number, 'v')));
    const found: (number | undefined)[] = [];
    let marker: string | undefined;
    for (let page = 1; page <= 3; page += 1) {
      const ask = new ListPartsCommand({ ...upload, MaxParts: 5, PartNumberMarker: marker });
      const output = (await t.subject(ask)).expectOk();
      found.push(...(output.Parts ?? []).map(({ PartNumber }) => PartNumber));
      t.expectEqual(output.IsTruncated, page < 3, `IsTruncated of page ${String(page)}`);
      marker = output.NextPartNumberMarker;
    }
    t.expectEqual(found, numbers, 'part numbers');
  },
});

defineCase({
  ...list,
  id: 'ListParts.sent-again.latest',
  title: 'a part that was sent twice is listed once, as it is now',
  run: async (t) => {
    const upload = await startUpload(t, await t.bucket());
    await sendPart(t, upload, 1, 'the first try');
    await sendPart(t, upload, 1, 'second');
    const { Parts } = (await t.subject(new ListPartsCommand(upload))).expectOk();
    const found = Parts?.map(({ PartNumber, Size, ETag }) => [PartNumber, Size, ETag]);
    t.expectEqual(found, [[1, 6, `"${md5Hex('second')}"`]], 'parts');
  },
});

defineCase({
  ...list,
  id: 'ListParts.copied-part.listed',
  title: 'a part that was copied is listed as one that was sent',
  feature: 'multipart-copy',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'source', 'the source');
    const upload = await startUpload(t, bucket);
    await t.setup(new UploadPartCopyCommand({ ...upload, PartNumber: 7, CopySource: `${bucket}/source` }));
    const { Parts } = (await t.subject(new ListPartsCommand(upload))).expectOk();
    const found = Parts?.map(({ PartNumber, Size, ETag }) => [PartNumber, Size, ETag]);
    t.expectEqual(found, [[7, 10, `"${md5Hex('the source')}"`]], 'parts');
  },
});

defineTable(['aborted', 'completed', 'of-another-key'] as const, (which) => ({
  ...list,
  id: `ListParts.upload-id.${which}`,
  title: `an upload that is ${which.replaceAll('-', ' ')}: 404 NoSuchUpload`,
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket);
    const part = await sendPart(t, upload, 1, 'v');
    if (which === 'aborted') await t.setup(new AbortMultipartUploadCommand(upload));
    if (which === 'completed') await t.setup(completion(upload, [part]));
    const asked = which === 'of-another-key' ? { ...upload, Key: 'other' } : upload;
    const subject = await t.subject(new ListPartsCommand(asked));
    subject.expectError({ status: 404, code: 'NoSuchUpload' });
    if (which === 'completed') await t.expectObject(bucket, 'k', 'v');
    else await t.expectKeys(bucket, []);
  },
}));

defineTable(
  [
    ['max-parts', '-1', 'negative'],
    ['max-parts', 'many', 'no-number'],
    ['part-number-marker', 'first', 'no-number'],
  ] as const,
  ([parameter, value, condition]) => ({
    ...list,
    id: `ListParts.${parameter}.${condition}`,
    title: `${parameter}=${value}: 400 InvalidArgument`,
    feature: 'listing-pagination',
    level: 'extended',
    severity: 'minor',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      const upload = await startUpload(t, bucket);
      await sendPart(t, upload, 1, 'v');
      const query = [
        [parameter, value],
        ['uploadId', upload.UploadId],
      ] as const;
      const subject = await t.raw({ method: 'GET', path: t.path(bucket, 'k'), query });
      subject.expectError({ status: 400, code: 'InvalidArgument' });
      await expectParts(t, upload, [[1, 1]]);
    },
  }),
);
