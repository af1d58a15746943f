import {
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { md5Base64, md5Hex } from '../../fixtures/digests.ts';
import { complete } from '../../fixtures/multipart.ts';
import { startWorkflow, workflow } from '../../fixtures/workflow-steps.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const rclone = { ...workflow, clients: ['rclone'] } as const;
const mtime = { mtime: '1767225600.123456789' };

defineCase({
  ...rclone,
  id: 'PutObject.workflow.rclone-copy',
  title: 'rclone copies a file with its time as metadata and its MD5, and finds it unchanged the next time',
  operation: 'PutObject',
  reference: apiPage('PutObject'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    await s3.list({ Delimiter: '/', EncodingType: 'url', MaxKeys: 1000 }, []);
    const write = { ContentMD5: md5Base64('the file'), Metadata: mtime, ContentType: 'text/plain' };
    const etag = await s3.put('a file.txt', 'the file', write);
    t.expectEqual(etag, `"${md5Hex('the file')}"`, 'ETag', 'wrong-header');
    const head = await s3.head('a file.txt');
    t.expectEqual({ ...head.Metadata }, mtime, 'metadata', 'wrong-header');
    t.expectEqual([head.ContentLength, head.ETag], [8, etag], 'size and ETag', 'wrong-header');
    await s3.list({ Delimiter: '/' }, ['a file.txt']);
  },
});

defineCase({
  ...rclone,
  id: 'CopyObject.workflow.rclone-update-time',
  title: 'rclone sets the time of a file by a copy onto itself: the bytes and the ETag stay',
  operation: 'CopyObject',
  reference: apiPage('CopyObject'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const etag = await s3.put('file', 'the file', { Metadata: { mtime: '1' }, ContentType: 'text/plain' });
    const replace = { MetadataDirective: 'REPLACE', Metadata: mtime, ContentType: 'text/plain' } as const;
    t.expectEqual(await s3.copy('file', 'file', replace), etag, 'ETag of the copy');
    const head = await s3.head('file');
    t.expectEqual({ ...head.Metadata }, mtime, 'metadata', 'ignored');
    t.expectEqual([head.ContentType, head.ETag], ['text/plain', etag], 'type and ETag', 'wrong-header');
    await t.expectObject(s3.bucket, 'file', 'the file');
  },
});

defineCase({
  ...rclone,
  id: 'CopyObject.workflow.rclone-server-side-move',
  title: 'rclone moves a file within the bucket: copy with its metadata, look at it, delete the old one',
  operation: 'CopyObject',
  reference: apiPage('CopyObject'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    await s3.put('from/ä b', 'the file', { Metadata: mtime });
    const source = `from/${encodeURIComponent('ä b')}`;
    await s3.copy(source, 'to/ä b', { MetadataDirective: 'COPY' });
    t.expectEqual({ ...(await s3.head('to/ä b')).Metadata }, mtime, 'metadata', 'wrong-header');
    await s3.delete('from/ä b');
    await s3.list({}, ['to/ä b']);
  },
});

defineCase({
  ...rclone,
  id: 'CompleteMultipartUpload.workflow.rclone-chunked-upload',
  title: 'rclone uploads in chunks with Content-MD5, looks at the parts, and reads its metadata back',
  operation: 'CompleteMultipartUpload',
  reference: apiPage('CompleteMultipartUpload'),
  run: async (t) => {
    const bucket = await t.bucket();
    const Metadata = { ...mtime, md5chksum: md5Base64('one chunk') };
    const begin = new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'big', Metadata });
    const { UploadId } = (await t.subject(begin)).expectOk();
    const upload = { Bucket: bucket, Key: 'big', UploadId: UploadId ?? '' };
    const body = { Body: 'one chunk', ContentMD5: md5Base64('one chunk') };
    const { ETag } = (await t.subject(new UploadPartCommand({ ...upload, ...body, PartNumber: 1 }))).expectOk();
    const { Parts } = (await t.subject(new ListPartsCommand(upload))).expectOk();
    t.expectEqual(
      Parts?.map((part) => [part.PartNumber, part.Size, part.ETag]),
      [[1, 9, ETag]],
      'parts',
    );
    (await complete(t, upload, [{ PartNumber: 1, ETag }])).expectOk();
    await t.expectObject(bucket, 'big', 'one chunk');
    await t.expectKeys(bucket, ['big']);
  },
});

defineCase({
  ...rclone,
  id: 'ListObjectsV2.workflow.rclone-walk',
  title: 'rclone walks directories one by one, two entries a page',
  operation: 'ListObjectsV2',
  reference: apiPage('ListObjectsV2'),
  run: async (t) => {
    const { bucket } = await startWorkflow(t);
    const keys = ['a/1', 'a/b/2', 'a/b/3', 'a/c/4', 'd', 'e/5'];
    for (const key of keys) await t.put(bucket, key, key);
    const found: string[] = [];
    const walk = async (Prefix: string): Promise<void> => {
      let token: string | undefined;
      do {
        const input = { Bucket: bucket, Prefix, Delimiter: '/', MaxKeys: 2, ContinuationToken: token };
        const output = (await t.subject(new ListObjectsV2Command(input))).expectOk();
        for (const { Key = '' } of output.Contents ?? []) found.push(Key);
        for (const folder of output.CommonPrefixes ?? []) await walk(folder.Prefix ?? 'none');
        token = output.NextContinuationToken;
        t.expectEqual(output.IsTruncated, token !== undefined, 'IsTruncated');
      } while (token !== undefined && found.length < 20);
    };
    await walk('');
    t.expectEqual(found.toSorted(), keys, 'keys found');
  },
});
