import {
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { sendPart, startUpload } from '../../fixtures/multipart.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

defineCase({
  id: 'ListMultipartUploads.parameters.repeated',
  title: 'the answer repeats what was asked: prefix, delimiter, markers and the most uploads',
  operation: 'ListMultipartUploads',
  feature: 'listing',
  level: 'core',
  severity: 'major',
  reference: apiPage('ListMultipartUploads'),
  run: async (t) => {
    const Bucket = await t.bucket();
    for (const Key of ['a/1', 'a/2', 'b']) await startUpload(t, Bucket, { Key });
    const asked = { Bucket, Prefix: 'a/', Delimiter: '/', KeyMarker: 'a/1', MaxUploads: 5 };
    const output = (await t.subject(new ListMultipartUploadsCommand(asked))).expectOk();
    const { Prefix, Delimiter, KeyMarker, MaxUploads } = output;
    t.expectEqual({ Bucket: output.Bucket, Prefix, Delimiter, KeyMarker, MaxUploads }, asked, 'parameters');
    t.expectEqual(
      output.Uploads?.map(({ Key }) => Key),
      ['a/2'],
      'uploads',
    );
  },
});

defineCase({
  id: 'ListMultipartUploads.window.upload-id-marker',
  title: 'among uploads of one key the list goes on after the upload that the marker names',
  operation: 'ListMultipartUploads',
  feature: 'listing-pagination',
  level: 'core',
  severity: 'major',
  reference: apiPage('ListMultipartUploads'),
  run: async (t) => {
    const Bucket = await t.bucket();
    for (let count = 0; count < 3; count += 1) await startUpload(t, Bucket);
    const first = (await t.subject(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1 }))).expectOk();
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = first;
    t.expectEqual(UploadIdMarker, first.Uploads?.[0]?.UploadId, 'NextUploadIdMarker');
    const rest = (await t.subject(new ListMultipartUploadsCommand({ Bucket, KeyMarker, UploadIdMarker }))).expectOk();
    t.expectEqual([rest.KeyMarker, rest.UploadIdMarker], [KeyMarker, UploadIdMarker], 'markers');
    const seen = rest.Uploads?.map(({ UploadId }) => UploadId) ?? [];
    t.expectEqual([seen.length, seen.includes(UploadIdMarker)], [2, false], 'uploads after the marker');
  },
});

defineCase({
  id: 'ListParts.parameters.repeated',
  title: 'the answer repeats what was asked: the upload, the marker and the most parts',
  operation: 'ListParts',
  feature: 'listing',
  level: 'core',
  severity: 'major',
  reference: apiPage('ListParts'),
  run: async (t) => {
    const upload = await startUpload(t, await t.bucket());
    for (const number of [1, 2, 3]) await sendPart(t, upload, number, 'v');
    const ask = new ListPartsCommand({ ...upload, MaxParts: 1, PartNumberMarker: '1' });
    const output = (await t.subject(ask)).expectOk();
    const { Bucket, Key, UploadId } = output;
    t.expectEqual({ Bucket, Key, UploadId }, upload, 'upload');
    t.expectEqual([output.MaxParts, String(output.PartNumberMarker)], [1, '1'], 'MaxParts and PartNumberMarker');
    t.expectEqual([output.IsTruncated, String(output.NextPartNumberMarker)], [true, '2'], 'where it goes on');
  },
});

const restoreStatus = { OptionalObjectAttributes: ['RestoreStatus'] as 'RestoreStatus'[] };

defineCase({
  id: 'ListObjects.optional-attributes.restore-status',
  title: 'asked for, the status of a restore is not told of objects that were never archived',
  operation: 'ListObjects',
  feature: 'listing',
  level: 'extended',
  severity: 'minor',
  reference: apiPage('ListObjects'),
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', 'v');
    const output = (await t.subject(new ListObjectsCommand({ Bucket, ...restoreStatus }))).expectOk();
    const listed = output.Contents?.map(({ Key, RestoreStatus }) => [Key, RestoreStatus]);
    t.expectEqual(listed, [['k', undefined]], 'Contents');
  },
});

defineCase({
  id: 'ListObjectsV2.optional-attributes.restore-status',
  title: 'asked for, the status of a restore is not told of objects that were never archived',
  operation: 'ListObjectsV2',
  feature: 'listing',
  level: 'extended',
  severity: 'minor',
  reference: apiPage('ListObjectsV2'),
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', 'v');
    const output = (await t.subject(new ListObjectsV2Command({ Bucket, ...restoreStatus }))).expectOk();
    const listed = output.Contents?.map(({ Key, RestoreStatus }) => [Key, RestoreStatus]);
    t.expectEqual(listed, [['k', undefined]], 'Contents');
  },
});
