import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { complete, startUpload } from '../../fixtures/multipart.ts';
import { startWorkflow, workflow } from '../../fixtures/workflow-steps.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const s3a = { ...workflow, clients: ['s3a'] } as const;

defineCase({
  ...s3a,
  id: 'PutObject.workflow.s3a-create-and-overwrite',
  title: 'S3A creates a file after looking for it as file and as directory, then overwrites it',
  operation: 'PutObject',
  reference: apiPage('PutObject'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    await s3.absent('dir/file');
    await s3.list({ Prefix: 'dir/file/', Delimiter: '/', MaxKeys: 2 }, []);
    await s3.put('dir/file', 'first');
    t.expectEqual((await s3.head('dir/file')).ContentLength, 5, 'size', 'wrong-header');
    await s3.put('dir/file', 'second');
    await s3.list({ Prefix: 'dir/', Delimiter: '/' }, ['dir/file']);
    await t.expectObject(bucket, 'dir/file', 'second');
  },
});

defineCase({
  ...s3a,
  id: 'PutObject.workflow.s3a-mkdirs',
  title: 'S3A makes a directory: an empty object whose key ends in a slash, listed beside what is below it',
  operation: 'PutObject',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-folders.html',
  run: async (t) => {
    const s3 = await startWorkflow(t);
    await s3.absent('a/b');
    await s3.list({ Prefix: 'a/b/', Delimiter: '/', MaxKeys: 2 }, []);
    await s3.put('a/b/', '', { ContentType: 'application/x-directory' });
    await s3.list({ Prefix: 'a/', Delimiter: '/' }, [], ['a/b/']);
    const marker = await s3.head('a/b/');
    t.expectEqual([marker.ContentLength, marker.ContentType], [0, 'application/x-directory'], 'marker', 'wrong-header');
    await s3.put('a/b/file', 'v');
    await s3.list({ Prefix: 'a/b/', Delimiter: '/' }, ['a/b/', 'a/b/file']);
    await s3.delete('a/b/');
    await s3.list({ Prefix: 'a/b/', Delimiter: '/' }, ['a/b/file']);
  },
});

defineCase({
  ...s3a,
  id: 'CopyObject.workflow.s3a-rename-file',
  title: 'S3A renames a file by copy and delete, and finds each step in the listing that follows',
  operation: 'CopyObject',
  reference: apiPage('CopyObject'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    await t.put(bucket, 'dir/old', 'the body', { metadata: { owner: 'spark' } });
    const { ContentLength } = await s3.head('dir/old');
    t.expectEqual(ContentLength, 8, 'size', 'wrong-header');
    await s3.copy('dir/old', 'dir/new');
    await s3.list({ Prefix: 'dir/' }, ['dir/new', 'dir/old']);
    await s3.delete('dir/old');
    await s3.list({ Prefix: 'dir/' }, ['dir/new']);
    t.expectEqual({ ...(await s3.head('dir/new')).Metadata }, { owner: 'spark' }, 'metadata', 'wrong-header');
    await t.expectObject(bucket, 'dir/new', 'the body');
  },
});

defineCase({
  ...s3a,
  id: 'CopyObject.workflow.s3a-rename-directory',
  title: 'S3A renames a directory: list, copy each, delete all at once',
  operation: 'CopyObject',
  reference: apiPage('CopyObject'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const names = ['a', 'b', 'deep/c'];
    for (const name of names) await t.put(bucket, `old/${name}`, name);
    const old = names.map((name) => `old/${name}`);
    await s3.list({ Prefix: 'old/' }, old);
    for (const name of names) await s3.copy(`old/${name}`, `new/${name}`);
    await s3.deleteAll(old);
    await s3.list({ Prefix: 'old/' }, []);
    await s3.list(
      { Prefix: 'new/' },
      names.map((name) => `new/${name}`),
    );
    await t.expectObject(bucket, 'new/deep/c', 'deep/c');
  },
});

defineCase({
  ...s3a,
  id: 'DeleteObjects.workflow.s3a-delete-directory',
  title: 'S3A deletes a directory page by page, while it lists it, and keeps the parent by a marker',
  operation: 'DeleteObjects',
  reference: apiPage('DeleteObjects'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const keys = ['d/1', 'd/2', 'd/3', 'd/4', 'd/5'];
    for (const key of [...keys, 'e']) await t.put(bucket, key, key);
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page = { Bucket: bucket, Prefix: 'd/', MaxKeys: 2, ContinuationToken: token };
      const output = (await t.subject(new ListObjectsV2Command(page))).expectOk();
      const listed = (output.Contents ?? []).map(({ Key = '' }) => Key);
      seen.push(...listed);
      await s3.deleteAll(listed);
      token = output.NextContinuationToken;
    } while (token !== undefined && seen.length < 10);
    t.expectEqual(seen, keys, 'keys of all pages');
    await s3.put('d/', '');
    await s3.list({}, ['d/', 'e']);
  },
});

defineCase({
  ...s3a,
  id: 'CompleteMultipartUpload.workflow.s3a-magic-committer',
  title: 'the magic committer uploads to the final key, which is not visible before it commits',
  operation: 'CompleteMultipartUpload',
  reference: apiPage('CompleteMultipartUpload'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const names = { Bucket: bucket, Key: 'table/part-0000' };
    const begun = (await t.subject(new CreateMultipartUploadCommand(names))).expectOk();
    const upload = { ...names, UploadId: begun.UploadId ?? '' };
    const part = await t.subject(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'rows' }));
    const { ETag } = part.expectOk();
    await s3.list({ Prefix: 'table/' }, []);
    await s3.put('table/__magic/part-0000.pending', upload.UploadId);
    const { Uploads } = (
      await t.subject(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: 'table/' }))
    ).expectOk();
    t.expectEqual(
      Uploads?.map(({ Key }) => Key),
      ['table/part-0000'],
      'pending uploads',
    );
    (await complete(t, upload, [{ PartNumber: 1, ETag }])).expectOk();
    await s3.delete('table/__magic/part-0000.pending');
    await s3.list({ Prefix: 'table/' }, ['table/part-0000']);
    await t.expectObject(bucket, 'table/part-0000', 'rows');
  },
});

defineCase({
  ...s3a,
  id: 'AbortMultipartUpload.workflow.s3a-abort-pending-uploads',
  title: 'a failed job lists the uploads below its directory and aborts them, no others',
  operation: 'AbortMultipartUpload',
  reference: apiPage('AbortMultipartUpload'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    for (const Key of ['job/1', 'job/2', 'other/1']) await startUpload(t, bucket, { Key });
    const list = new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: 'job/' });
    const { Uploads = [] } = (await t.subject(list)).expectOk();
    t.expectEqual(
      Uploads.map(({ Key }) => Key),
      ['job/1', 'job/2'],
      'uploads of the job',
    );
    for (const { Key, UploadId } of Uploads) {
      (await t.subject(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }))).expectOk(204);
    }
    const { output } = await t.observe(new ListMultipartUploadsCommand({ Bucket: bucket }));
    t.expectEqual(
      output?.Uploads?.map(({ Key }) => Key),
      ['other/1'],
      'uploads left',
      'ignored',
    );
  },
});

defineCase({
  ...s3a,
  id: 'GetObject.workflow.s3a-vectored-read',
  title: 'S3A reads ranges of one version side by side, and notices when the file was replaced',
  operation: 'GetObject',
  reference: apiPage('GetObject'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const IfMatch = await t.put(bucket, 'file', '0123456789abcdefghij');
    const read = (Range: string) => t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'file', Range, IfMatch }));
    const reads = await Promise.all(['bytes=0-3', 'bytes=8-11', 'bytes=16-19'].map(read));
    for (const [index, wanted] of ['0123', '89ab', 'ghij'].entries()) {
      reads[index]?.expectOk(206);
      reads[index]?.expectBody(wanted);
    }
    await s3.put('file', 'ABCDEFGHIJABCDEFGHIJ');
    (await read('bytes=4-7')).expectError({ status: 412, code: 'PreconditionFailed' });
  },
});
