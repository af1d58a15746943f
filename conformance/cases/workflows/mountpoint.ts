import {
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { checksumOf, compositeChecksum } from '../../fixtures/digests.ts';
import { complete, largePart } from '../../fixtures/multipart.ts';
import { startWorkflow, workflow } from '../../fixtures/workflow-steps.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const mountpoint = { ...workflow, clients: ['mountpoint'] } as const;

defineCase({
  ...mountpoint,
  id: 'CompleteMultipartUpload.workflow.mountpoint-write-file',
  title: 'mountpoint looks the name up, uploads with CRC32C, completes with it, and asks for the attributes',
  operation: 'CompleteMultipartUpload',
  reference: apiPage('CompleteMultipartUpload'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    await s3.absent('dir/file');
    await s3.list({ Prefix: 'dir/file/', Delimiter: '/', MaxKeys: 1 }, []);
    const names = { Bucket: s3.bucket, Key: 'dir/file' };
    const begin = new CreateMultipartUploadCommand({ ...names, ChecksumAlgorithm: 'CRC32C' });
    const upload = { ...names, UploadId: (await t.subject(begin)).expectOk().UploadId ?? '' };
    const ChecksumCRC32C = checksumOf('CRC32C', 'the file');
    const part = await t.subject(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'the file', ChecksumCRC32C }));
    const { ETag, ChecksumCRC32C: given } = part.expectOk();
    t.expectEqual(given, ChecksumCRC32C, 'checksum of the part', 'wrong-header');
    const done = (await complete(t, upload, [{ PartNumber: 1, ETag, ChecksumCRC32C }])).expectOk();
    t.expectEqual(done.ChecksumCRC32C, compositeChecksum('CRC32C', ['the file']), 'checksum of the object');
    const ask = { ...names, ObjectAttributes: ['ObjectSize', 'Checksum', 'ETag'] } as const;
    const attributes = await t.subject(
      new GetObjectAttributesCommand({ ...ask, ObjectAttributes: [...ask.ObjectAttributes] }),
    );
    const { ObjectSize, Checksum } = attributes.expectOk();
    t.expectEqual(ObjectSize, 8, 'ObjectSize');
    t.expectEqual(Checksum?.ChecksumCRC32C, done.ChecksumCRC32C, 'Checksum');
  },
});

defineCase({
  ...mountpoint,
  id: 'ListObjectsV2.workflow.mountpoint-lookup',
  title: 'mountpoint asks at once whether a name is a file, a directory, or both',
  operation: 'ListObjectsV2',
  reference: apiPage('ListObjectsV2'),
  run: async (t) => {
    const s3 = await startWorkflow(t);
    for (const key of ['file', 'dir/x', 'both', 'both/y']) await t.put(s3.bucket, key, key);
    const isDirectory = async (name: string): Promise<boolean> => {
      const input = { Bucket: s3.bucket, Prefix: `${name}/`, Delimiter: '/', MaxKeys: 1 };
      const output = (await t.subject(new ListObjectsV2Command(input))).expectOk();
      t.expectEqual(output.Prefix, `${name}/`, 'Prefix');
      return output.KeyCount === 1;
    };
    const [, , file, dir, both] = await Promise.all([
      s3.head('file'),
      s3.absent('dir'),
      isDirectory('file'),
      isDirectory('dir'),
      isDirectory('both'),
    ]);
    t.expectEqual([file, dir, both], [false, true, true], 'which are directories');
    t.expectEqual((await s3.head('both')).ContentLength, 4, 'size of the file of both', 'wrong-header');
  },
});

defineCase({
  ...mountpoint,
  id: 'GetObject.workflow.mountpoint-sequential-read',
  title: 'mountpoint reads a file in growing ranges of one version',
  operation: 'GetObject',
  reference: apiPage('GetObject'),
  requires: ['large-object'],
  run: async (t) => {
    const { bucket } = await startWorkflow(t);
    const IfMatch = await t.put(bucket, 'file', largePart);
    let at = 0;
    for (let size = 1_048_576; at < largePart.length; size *= 2) {
      const end = Math.min(at + size, largePart.length);
      const Range = `bytes=${String(at)}-${String(end - 1)}`;
      const read = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'file', Range, IfMatch }));
      read.expectOk(206);
      read.expectBody(largePart.subarray(at, end));
      at = end;
    }
  },
});
