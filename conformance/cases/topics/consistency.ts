import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { md5Hex } from '../../fixtures/digests.ts';

const described = {
  feature: 'consistency',
  level: 'core',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel',
} as const;
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
/** Of one writer, all the same letter: a mixture of two writers shows. */
const bodies = letters.map((letter) => letter.repeat(70_000));

defineCase({
  ...described,
  id: 'PutObject.consistency.read-after-write',
  title: 'each of twenty overwrites is read back at once',
  operation: 'PutObject',
  run: async (t) => {
    const Bucket = await t.bucket();
    for (let turn = 0; turn < 20; turn += 1) {
      const Body = `turn ${String(turn)}`;
      (await t.subject(new PutObjectCommand({ Bucket, Key: 'k', Body }))).expectOk();
      await t.expectObject(Bucket, 'k', Body);
    }
  },
});

defineCase({
  ...described,
  id: 'PutObject.consistency.parallel-writers',
  title: 'of parallel writers of one key one wins as a whole: its bytes with its ETag',
  operation: 'PutObject',
  run: async (t) => {
    const Bucket = await t.bucket();
    const writes = bodies.map((Body) => t.subject(new PutObjectCommand({ Bucket, Key: 'k', Body })));
    for (const [index, write] of (await Promise.all(writes)).entries()) {
      t.expectEqual(write.expectOk().ETag, `"${md5Hex(bodies[index] ?? '')}"`, 'ETag', 'wrong-header');
    }
    const { output, response } = await t.observe(new GetObjectCommand({ Bucket, Key: 'k' }));
    const text = response?.body.toString('utf8') ?? '';
    t.expectTrue(bodies.includes(text), 'the object is of none of the writers');
    t.expectEqual(output?.ETag, `"${md5Hex(text)}"`, 'ETag of what is there', 'wrong-header');
  },
});

defineCase({
  ...described,
  id: 'GetObject.consistency.while-overwritten',
  title: 'a reader gets one version as a whole while the object is overwritten',
  operation: 'GetObject',
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', bodies[0] ?? '');
    const write = async (): Promise<void> => {
      for (const Body of bodies.slice(1)) await t.setup(new PutObjectCommand({ Bucket, Key: 'k', Body }));
    };
    const read = async (): Promise<void> => {
      for (let turn = 0; turn < 8; turn += 1) {
        const get = await t.subject(new GetObjectCommand({ Bucket, Key: 'k' }));
        const { ETag } = get.expectOk();
        t.expectEqual(ETag, `"${md5Hex(get.body)}"`, 'ETag of the bytes', 'wrong-header');
        t.expectTrue(bodies.includes(get.body.toString('utf8')), 'bytes of two versions');
      }
    };
    await Promise.all([write(), read()]);
  },
});

defineTable(['head', 'get', 'list'] as const, (how) => ({
  ...described,
  id: `DeleteObject.consistency.then-${how}`,
  title: `what is deleted is not there for a ${how} that follows`,
  operation: 'DeleteObject',
  run: async (t) => {
    const Bucket = await t.bucket();
    for (const Key of letters) {
      await t.put(Bucket, Key, 'v');
      (await t.subject(new DeleteObjectCommand({ Bucket, Key }))).expectOk(204);
      if (how === 'head') await t.expectAbsent(Bucket, Key);
      else if (how === 'list') await t.expectKeys(Bucket, []);
      else {
        const { response } = await t.observe(new GetObjectCommand({ Bucket, Key }));
        t.expectEqual(response?.status, 404, 'status of GetObject', 'ignored');
      }
    }
  },
}));

defineCase({
  ...described,
  id: 'ListObjectsV2.consistency.after-parallel-writes',
  title: 'a listing has every object whose writing was answered, each once',
  operation: 'ListObjectsV2',
  run: async (t) => {
    const Bucket = await t.bucket();
    const keys = letters.flatMap((letter) => [`${letter}/1`, `${letter}/2`, `${letter}/3`]);
    await Promise.all(keys.map((key) => t.put(Bucket, key, key)));
    const { Contents } = (await t.subject(new ListObjectsV2Command({ Bucket }))).expectOk();
    t.expectEqual(
      Contents?.map(({ Key }) => Key),
      keys,
      'keys',
    );
  },
});

defineCase({
  ...described,
  id: 'ListObjectsV2.consistency.folders-while-deleting',
  title: 'a folder is listed until its last object is deleted, and not after that',
  operation: 'ListObjectsV2',
  clients: ['s3a'],
  run: async (t) => {
    const Bucket = await t.bucket();
    for (const key of ['a/1', 'a/2', 'b/1']) await t.put(Bucket, key, 'v');
    const folders = async (): Promise<unknown> => {
      const { CommonPrefixes } = (await t.subject(new ListObjectsV2Command({ Bucket, Delimiter: '/' }))).expectOk();
      return CommonPrefixes?.map(({ Prefix }) => Prefix);
    };
    await t.setup(new DeleteObjectCommand({ Bucket, Key: 'a/1' }));
    t.expectEqual(await folders(), ['a/', 'b/'], 'folders');
    await t.setup(new DeleteObjectCommand({ Bucket, Key: 'a/2' }));
    t.expectEqual(await folders(), ['b/'], 'folders');
    await t.put(Bucket, 'a/3', 'v');
    t.expectEqual(await folders(), ['a/', 'b/'], 'folders');
  },
});

defineCase({
  ...described,
  id: 'CopyObject.consistency.onto-one-target',
  title: 'parallel copies onto one key leave one of the sources there, as a whole',
  operation: 'CopyObject',
  run: async (t) => {
    const Bucket = await t.bucket();
    await Promise.all(letters.map((letter, index) => t.put(Bucket, letter, bodies[index] ?? '')));
    const copies = letters.map((letter) =>
      t.subject(new CopyObjectCommand({ Bucket, Key: 'target', CopySource: `${Bucket}/${letter}` })),
    );
    for (const copy of await Promise.all(copies)) t.expectMatch(copy.expectOk().CopyObjectResult?.ETag, /\S/, 'ETag');
    const { output, response } = await t.observe(new GetObjectCommand({ Bucket, Key: 'target' }));
    t.expectEqual(output?.ETag, `"${md5Hex(response?.body ?? '')}"`, 'ETag of the target', 'wrong-header');
    t.expectTrue(bodies.includes(response?.body.toString('utf8') ?? ''), 'the target is none of the sources');
  },
});

defineCase({
  ...described,
  id: 'HeadObject.consistency.metadata-with-bytes',
  title: 'the metadata that is told belongs to the bytes that are there, while both are overwritten',
  operation: 'HeadObject',
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', '0', { metadata: { size: '1' } });
    const write = async (): Promise<void> => {
      for (let size = 2; size < 20; size += 1) {
        await t.put(Bucket, 'k', '0'.repeat(size), { metadata: { size: String(size) } });
      }
    };
    const look = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) {
        const { ContentLength, Metadata } = (await t.subject(new HeadObjectCommand({ Bucket, Key: 'k' }))).expectOk();
        t.expectEqual(Metadata?.['size'], String(ContentLength), 'x-amz-meta-size', 'wrong-header');
      }
    };
    await Promise.all([write(), look()]);
  },
});
