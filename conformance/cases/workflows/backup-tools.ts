import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { checksumOf, md5Base64 } from '../../fixtures/digests.ts';
import { complete, completion, largePart, sendPart, startUpload } from '../../fixtures/multipart.ts';
import { startWorkflow, workflow } from '../../fixtures/workflow-steps.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

defineCase({
  ...workflow,
  id: 'CompleteMultipartUpload.workflow.velero-backup',
  title: 'Velero writes a backup in parts of 5 MiB, finds it by prefix, and reads all of it back',
  operation: 'CompleteMultipartUpload',
  reference: apiPage('CompleteMultipartUpload'),
  clients: ['velero'],
  requires: ['large-object'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    (await t.subject(new HeadBucketCommand({ Bucket: s3.bucket }))).expectOk();
    const names = { Bucket: s3.bucket, Key: 'backups/daily-1/daily-1.tar.gz' };
    const { UploadId } = (await t.subject(new CreateMultipartUploadCommand(names))).expectOk();
    const upload = { ...names, UploadId: UploadId ?? '' };
    const bodies = [largePart, largePart, Buffer.from('the rest')];
    const parts = [];
    for (const [index, Body] of bodies.entries()) {
      const PartNumber = index + 1;
      const sent = await t.subject(new UploadPartCommand({ ...upload, PartNumber, Body }));
      parts.push({ PartNumber, ETag: sent.expectOk().ETag });
    }
    (await t.subject(completion(upload, parts))).expectOk();
    await s3.put('backups/daily-1/velero-backup.json', '{}');
    await s3.list({ Prefix: 'backups/', Delimiter: '/' }, [], ['backups/daily-1/']);
    await s3.list({ Prefix: 'backups/daily-1/' }, [names.Key, 'backups/daily-1/velero-backup.json']);
    await t.expectObject(s3.bucket, names.Key, Buffer.concat(bodies));
  },
});

defineCase({
  ...workflow,
  id: 'PutObject.workflow.velero-metadata-and-download',
  title: 'Velero writes a log with a checksum, hands out a link to it, and deletes the whole backup',
  operation: 'PutObject',
  reference: apiPage('PutObject'),
  clients: ['velero'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const key = 'backups/b1/b1-logs.gz';
    await s3.absent(key);
    await s3.put(key, 'the log', { ChecksumSHA256: checksumOf('SHA256', 'the log') });
    const link = await t.presign(new GetObjectCommand({ Bucket: s3.bucket, Key: key }), { expiresSeconds: 600 });
    const download = await t.fetchUrl('GET', link);
    download.expectOk(200);
    download.expectBody('the log');
    await s3.list({ Prefix: 'backups/b1/' }, [key]);
    await s3.delete(key);
    await s3.list({ Prefix: 'backups/', Delimiter: '/' }, []);
  },
});

defineCase({
  ...workflow,
  id: 'PutObject.workflow.loki-chunks',
  title: 'Loki writes chunks with Content-MD5, lists them by tenant, reads one and deletes the expired ones',
  operation: 'PutObject',
  reference: apiPage('PutObject'),
  clients: ['loki'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const keys = ['fake/a1:1:2:x', 'fake/b2:3:4:y', 'other/c3:5:6:z'];
    for (const key of keys) await s3.put(key, key, { ContentMD5: md5Base64(key) });
    await s3.list({ Prefix: 'fake/', Delimiter: '/' }, keys.slice(0, 2));
    const read = await t.subject(new GetObjectCommand({ Bucket: s3.bucket, Key: 'fake/a1:1:2:x' }));
    read.expectOk();
    read.expectBody('fake/a1:1:2:x');
    await s3.delete('fake/a1:1:2:x');
    await s3.delete('fake/gone');
    await s3.list({}, keys.slice(1));
  },
});

defineCase({
  ...workflow,
  id: 'ListObjectsV2.workflow.aws-cli-sync',
  title: 'aws s3 sync: list, upload what is new or of another size, delete what is gone, list again',
  operation: 'ListObjectsV2',
  reference: apiPage('ListObjectsV2'),
  clients: ['aws-cli'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    for (const [key, body] of [
      ['site/same', '1'],
      ['site/changed', '1'],
      ['site/gone', '1'],
    ] as const) {
      await t.put(s3.bucket, key, body);
    }
    await s3.list({ Prefix: 'site/', EncodingType: 'url' }, ['site/changed', 'site/gone', 'site/same']);
    await s3.put('site/changed', 'longer', { ContentType: 'text/html' });
    await s3.put('site/new', 'new');
    await s3.delete('site/gone');
    await s3.list({ Prefix: 'site/', EncodingType: 'url' }, ['site/changed', 'site/new', 'site/same']);
    t.expectEqual((await s3.head('site/changed')).ContentLength, 6, 'size of the changed file', 'wrong-header');
    await t.expectObject(s3.bucket, 'site/same', '1');
  },
});

defineCase({
  ...workflow,
  id: 'UploadPartCopy.workflow.aws-cli-move-large',
  title: 'aws s3 mv of a large object: copied in ranges, completed, and the source deleted',
  operation: 'UploadPartCopy',
  reference: apiPage('UploadPartCopy'),
  clients: ['aws-cli'],
  requires: ['large-object'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const source = Buffer.concat([largePart, Buffer.from('the rest')]);
    await t.put(s3.bucket, 'source', source);
    const size = (await s3.head('source')).ContentLength ?? 0;
    t.expectEqual(size, source.length, 'size', 'wrong-header');
    const upload = await startUpload(t, s3.bucket, { Key: 'target' });
    const ranges = [`bytes=0-${String(largePart.length - 1)}`, `bytes=${String(largePart.length)}-${String(size - 1)}`];
    const parts = [];
    for (const [index, CopySourceRange] of ranges.entries()) {
      const PartNumber = index + 1;
      const input = { ...upload, PartNumber, CopySource: `${s3.bucket}/source`, CopySourceRange };
      const { CopyPartResult } = (await t.subject(new UploadPartCopyCommand(input))).expectOk();
      parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
    }
    (await complete(t, upload, parts)).expectOk();
    await s3.delete('source');
    await s3.list({}, ['target']);
    await t.expectObject(s3.bucket, 'target', source);
  },
});

defineCase({
  ...workflow,
  id: 'ListObjects.workflow.goofys-walk',
  title: 'goofys walks a directory by the first version of the listing, and comes to an end',
  operation: 'ListObjects',
  reference: apiPage('ListObjects'),
  clients: ['goofys', 's3fs'],
  run: async (t) => {
    const { bucket } = await startWorkflow(t);
    for (const key of ['d/a', 'd/b/1', 'd/b/2', 'd/c', 'd/e/3']) await t.put(bucket, key, key);
    const found: (string | undefined)[] = [];
    let marker: string | undefined;
    let isTruncated = true;
    while (isTruncated && found.length < 10) {
      const input = { Bucket: bucket, Prefix: 'd/', Delimiter: '/', MaxKeys: 1, Marker: marker };
      const output = (await t.subject(new ListObjectsCommand(input))).expectOk();
      found.push(...(output.Contents ?? []).map(({ Key }) => Key));
      found.push(...(output.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      marker = output.NextMarker;
      isTruncated = output.IsTruncated === true;
    }
    t.expectEqual(found, ['d/a', 'd/b/', 'd/c', 'd/e/'], 'entries');
  },
});

defineCase({
  ...workflow,
  id: 'CompleteMultipartUpload.workflow.parallel-uploader',
  title: 'an uploader sends its parts side by side and out of order, one of them twice',
  operation: 'CompleteMultipartUpload',
  reference: apiPage('CompleteMultipartUpload'),
  clients: ['aws-cli', 'boto3'],
  requires: ['large-object'],
  run: async (t) => {
    const { bucket } = await startWorkflow(t);
    const upload = await startUpload(t, bucket);
    const [third, second, first] = await Promise.all([
      sendPart(t, upload, 3, 'the end'),
      sendPart(t, upload, 2, largePart),
      sendPart(t, upload, 1, largePart),
    ]);
    await sendPart(t, upload, 3, 'the end');
    (await complete(t, upload, [first, second, third])).expectOk();
    await t.expectObject(bucket, 'k', Buffer.concat([largePart, largePart, Buffer.from('the end')]));
  },
});
