import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { complete, sendPart, startUpload } from '../../fixtures/multipart.ts';
import { startWorkflow, workflow } from '../../fixtures/workflow-steps.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const conditional = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html';

defineCase({
  ...workflow,
  id: 'PutObject.workflow.iceberg-create-exclusive',
  title: 'two writers of the same metadata file: the first one makes it, the second one is told so',
  operation: 'PutObject',
  reference: conditional,
  clients: ['iceberg', 'trino'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const key = 'db/table/metadata/v2.metadata.json';
    await s3.absent(key);
    await s3.put(key, '{"by":"first"}', { IfNoneMatch: '*' });
    await s3.putRefused(key, '{"by":"second"}', { IfNoneMatch: '*' });
    await t.expectObject(bucket, key, '{"by":"first"}');
    await s3.put('db/table/metadata/v3.metadata.json', '{"by":"second"}', { IfNoneMatch: '*' });
    await s3.list({ Prefix: 'db/table/metadata/' }, [key, 'db/table/metadata/v3.metadata.json']);
  },
});

defineCase({
  ...workflow,
  id: 'PutObject.workflow.iceberg-pointer-swap',
  title: 'a pointer is replaced by who read it last; who read it earlier has to read it again',
  operation: 'PutObject',
  reference: conditional,
  clients: ['iceberg'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const key = 'table/version-hint.text';
    const first = await s3.put(key, '1', { IfNoneMatch: '*' });
    const second = await s3.put(key, '2', { IfMatch: first });
    await s3.putRefused(key, '2b', { IfMatch: first });
    const read = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: key }));
    t.expectEqual(read.expectOk().ETag, second, 'ETag of the pointer', 'wrong-header');
    read.expectBody('2');
    await s3.put(key, '3', { IfMatch: second });
    await t.expectObject(bucket, key, '3');
  },
});

defineCase({
  ...workflow,
  id: 'DeleteObjects.workflow.iceberg-expire-snapshots',
  title: 'expired files are deleted in bulk, those that were already gone included',
  operation: 'DeleteObjects',
  reference: apiPage('DeleteObjects'),
  clients: ['iceberg'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const keys = ['data/a=1/f1.parquet', 'data/a=1/f2.parquet', 'data/a=2/f3.parquet'];
    for (const key of keys) await t.put(bucket, key, key);
    await s3.list({ Prefix: 'data/' }, keys);
    await s3.deleteAll(['data/a=1/f1.parquet', 'data/a=1/gone.parquet', 'data/a=2/f3.parquet']);
    await s3.list({ Prefix: 'data/' }, ['data/a=1/f2.parquet']);
    await s3.deleteAll(['data/a=1/f1.parquet', 'data/a=1/f2.parquet']);
    await s3.list({ Prefix: 'data/' }, []);
  },
});

defineCase({
  ...workflow,
  id: 'CompleteMultipartUpload.workflow.trino-create-exclusive',
  title: 'a file in parts that may not exist yet: the second writer is refused at its completion',
  operation: 'CompleteMultipartUpload',
  reference: conditional,
  clients: ['trino'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const first = await startUpload(t, bucket);
    const second = await startUpload(t, bucket);
    const firstPart = await sendPart(t, first, 1, 'by the first');
    const secondPart = await sendPart(t, second, 1, 'by the second');
    (await complete(t, first, [firstPart], { IfNoneMatch: '*' })).expectOk();
    const late = await complete(t, second, [secondPart], { IfNoneMatch: '*' });
    late.expectError({ status: 412, code: 'PreconditionFailed' });
    await t.expectObject(bucket, 'k', 'by the first');
  },
});

defineCase({
  ...workflow,
  id: 'GetObject.workflow.trino-parquet-footer',
  title: 'a reader of Parquet: size by HEAD, the last eight bytes, the footer, one column',
  operation: 'GetObject',
  reference: apiPage('GetObject'),
  clients: ['trino', 'duckdb', 'spark'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const file = Buffer.from(`PAR1${'c'.repeat(5_000)}${'f'.repeat(100)}\x64\0\0\0PAR1`, 'latin1');
    await t.put(bucket, 'file.parquet', file);
    const size = (await s3.head('file.parquet')).ContentLength ?? 0;
    t.expectEqual(size, file.length, 'size', 'wrong-header');
    const ranges = [`bytes=-8`, `bytes=${String(size - 108)}-${String(size - 9)}`, 'bytes=4-1003'];
    const wanted = [file.subarray(-8), file.subarray(-108, -8), file.subarray(4, 1_004)];
    for (const [index, Range] of ranges.entries()) {
      const read = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'file.parquet', Range }));
      t.expectMatch(read.expectOk(206).ContentRange, new RegExp(`/${String(size)}$`), 'Content-Range', 'wrong-header');
      read.expectBody(wanted[index] ?? '');
    }
  },
});

defineCase({
  ...workflow,
  id: 'PutObject.workflow.delta-log-commit',
  title: 'the log of a Delta table: each version once, found by listing after the last one known',
  operation: 'PutObject',
  reference: conditional,
  clients: ['delta', 'spark'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const version = (number: number): string => `t/_delta_log/${String(number).padStart(20, '0')}.json`;
    await s3.put(version(0), '{"v":0}', { IfNoneMatch: '*' });
    await s3.put(version(1), '{"v":1}', { IfNoneMatch: '*' });
    await s3.putRefused(version(1), '{"v":"1b"}', { IfNoneMatch: '*' });
    await s3.put(version(2), '{"v":"1b"}', { IfNoneMatch: '*' });
    await s3.list({ Prefix: 't/_delta_log/', StartAfter: version(0) }, [version(1), version(2)]);
    await t.expectObject(bucket, version(1), '{"v":1}');
  },
});

defineCase({
  ...workflow,
  id: 'PutObject.workflow.terraform-lock',
  title: 'the lock of a state: one holder at a time, free again once it is deleted',
  operation: 'PutObject',
  reference: conditional,
  clients: ['terraform'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const [state, lock] = ['env/terraform.tfstate', 'env/terraform.tfstate.tflock'];
    const absent = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: state }));
    t.expectEqual(absent.errorDocument?.code, 'NoSuchKey', 'code', 'wrong-shape');
    await s3.put(lock, '{"ID":"one"}', { IfNoneMatch: '*', ContentType: 'application/json' });
    await s3.putRefused(lock, '{"ID":"two"}', { IfNoneMatch: '*', ContentType: 'application/json' });
    const holder = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: lock }));
    t.expectEqual(holder.expectOk().ContentType, 'application/json', 'Content-Type', 'wrong-header');
    holder.expectBody('{"ID":"one"}');
    await s3.put(state, '{"serial":1}', { ContentType: 'application/json', ChecksumAlgorithm: 'SHA256' });
    await s3.delete(lock);
    await s3.absent(lock);
    await s3.put(lock, '{"ID":"two"}', { IfNoneMatch: '*' });
    await t.expectObject(bucket, state, '{"serial":1}');
  },
});

defineCase({
  ...workflow,
  id: 'ListObjectsV2.workflow.duckdb-glob',
  title: 'DuckDB finds files of a partition by a listing with encoded keys, page by page',
  operation: 'ListObjectsV2',
  reference: apiPage('ListObjectsV2'),
  clients: ['duckdb'],
  run: async (t) => {
    const s3 = await startWorkflow(t);
    const { bucket } = s3;
    const keys = ['p/day=2026-01-01/a b.parquet', 'p/day=2026-01-01/c+d.parquet', 'p/day=2026-01-02/é.parquet'];
    for (const key of keys) await t.put(bucket, key, key);
    const found: string[] = [];
    let token: string | undefined;
    do {
      const input = { Bucket: bucket, Prefix: 'p/day=', EncodingType: 'url', MaxKeys: 2 } as const;
      const output = (await t.subject(new ListObjectsV2Command({ ...input, ContinuationToken: token }))).expectOk();
      for (const { Key = '' } of output.Contents ?? []) found.push(decodeURIComponent(Key.replaceAll('+', ' ')));
      token = output.NextContinuationToken;
    } while (token !== undefined && found.length < 10);
    t.expectEqual(found, keys, 'decoded keys');
    const tail = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: keys[2], Range: 'bytes=-9' }));
    tail.expectOk(206);
    tail.expectBody(Buffer.from(keys[2] ?? '').subarray(-9));
  },
});
