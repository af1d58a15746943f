import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListMultipartUploadsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { complete, expectParts, sendPart, startUpload } from '../../fixtures/multipart.ts';

const described = {
  feature: 'consistency',
  level: 'core',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel',
} as const;
const conditional = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html';

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
/** Of one writer, all the same letter: a mixture of two writers shows. */
const bodies = letters.map((letter) => letter.repeat(70_000));

defineTable(['same-upload', 'two-uploads'] as const, (which) => ({
  ...described,
  id: `CompleteMultipartUpload.consistency.${which}`,
  title:
    which === 'same-upload'
      ? 'one upload completed several times at once makes one object, as a whole'
      : 'uploads of one key completed at once: the object is one of them, as a whole',
  operation: 'CompleteMultipartUpload',
  run: async (t) => {
    const Bucket = await t.bucket();
    const count = which === 'same-upload' ? 1 : 3;
    const sent = await Promise.all(
      bodies.slice(0, count).map(async (body) => {
        const upload = await startUpload(t, Bucket);
        return { upload, part: await sendPart(t, upload, 1, body) };
      }),
    );
    const racers = which === 'same-upload' ? [...sent, ...sent, ...sent] : sent;
    const answers = await Promise.all(racers.map(({ upload, part }) => complete(t, upload, [part])));
    const winners = answers.filter(({ status }) => status === 200);
    t.expectMatch((winners[0] ?? answers[0])?.expectOk().ETag, /^"[0-9a-f]{32}-1"$/, 'ETag');
    const { response } = await t.observe(new GetObjectCommand({ Bucket, Key: 'k' }));
    t.expectTrue(bodies.slice(0, count).includes(response?.body.toString('utf8') ?? ''), 'the object is of no upload');
    await t.expectKeys(Bucket, ['k']);
  },
}));

defineCase({
  ...described,
  id: 'CompleteMultipartUpload.consistency.one-winner',
  title: 'of parallel completions with If-None-Match one wins, and the others are refused',
  operation: 'CompleteMultipartUpload',
  feature: 'conditional-write',
  reference: conditional,
  clients: ['trino', 'iceberg'],
  run: async (t) => {
    const Bucket = await t.bucket();
    const racers = await Promise.all(
      letters.slice(0, 5).map(async (letter) => {
        const upload = await startUpload(t, Bucket);
        return { upload, letter, part: await sendPart(t, upload, 1, letter) };
      }),
    );
    const answers = await Promise.all(
      racers.map(({ upload, part }) => complete(t, upload, [part], { IfNoneMatch: '*' })),
    );
    const winners = racers.filter((_, index) => answers[index]?.status === 200);
    t.expectEqual(winners.length, 1, 'winners', 'ignored');
    await t.expectObject(Bucket, 'k', winners[0]?.letter ?? '');
  },
});

defineCase({
  ...described,
  id: 'UploadPart.consistency.same-number',
  title: 'one part sent several times at once is one of them, as a whole',
  operation: 'UploadPart',
  run: async (t) => {
    const Bucket = await t.bucket();
    const upload = await startUpload(t, Bucket);
    const parts = await Promise.all(
      bodies.slice(0, 4).map((Body) => t.subject(new UploadPartCommand({ ...upload, PartNumber: 1, Body }))),
    );
    for (const part of parts) t.expectMatch(part.expectOk().ETag, /^"[0-9a-f]{32}"$/, 'ETag', 'wrong-header');
    await expectParts(t, upload, [[1, 70_000]]);
    await t.expectAbsent(Bucket, 'k');
  },
});

defineCase({
  ...described,
  id: 'AbortMultipartUpload.consistency.then-listed',
  title: 'an upload that was aborted is not listed any more',
  operation: 'AbortMultipartUpload',
  severity: 'major',
  run: async (t) => {
    const Bucket = await t.bucket();
    for (const Key of letters) {
      const upload = await startUpload(t, Bucket, { Key });
      (await t.subject(new AbortMultipartUploadCommand(upload))).expectOk(204);
      const { output } = await t.observe(new ListMultipartUploadsCommand({ Bucket }));
      t.expectEqual([output?.Bucket, output?.Uploads ?? []], [Bucket, []], 'uploads', 'ignored');
    }
  },
});

defineCase({
  ...described,
  id: 'DeleteBucket.consistency.object-written-meanwhile',
  title: 'a bucket is deleted or an object is written to it: no acknowledged object is lost',
  level: 'extended',
  operation: 'DeleteBucket',
  run: async (t) => {
    const Bucket = await t.bucket();
    const [write, deletion] = await Promise.all([
      t.subject(new PutObjectCommand({ Bucket, Key: 'k', Body: 'v' })),
      t.subject(new DeleteBucketCommand({ Bucket })),
    ]);
    t.expectTrue(write.status === 200 || deletion.status === 204, 'both were refused', 'wrong-status');
    t.expectTrue(write.status !== 200 || deletion.status !== 204, 'both were answered with success', 'state-damaged');
    if (write.status === 200) await t.expectObject(Bucket, 'k', 'v');
    else await t.expectBucketAbsent(Bucket);
  },
});

defineCase({
  ...described,
  id: 'CreateBucket.consistency.at-once',
  title: 'one bucket made several times at once by its owner is there once, and usable',
  operation: 'CreateBucket',
  severity: 'major',
  run: async (t) => {
    const Bucket = t.bucketName();
    const answers = await Promise.all([1, 2, 3].map(() => t.subject(new CreateBucketCommand({ Bucket }))));
    const made = answers.filter(({ status }) => status === 200);
    t.expectMatch((made[0] ?? answers[0])?.expectOk().Location, /\S/, 'Location', 'wrong-header');
    await t.expectKeys(Bucket, []);
  },
});

defineTable(['object', 'bucket'] as const, (of) => ({
  ...described,
  id: `${of === 'object' ? 'PutObjectTagging' : 'PutBucketTagging'}.consistency.one-of-the-sets`,
  title: `tags set on one ${of} at once: it has one of the sets, as a whole`,
  operation: of === 'object' ? 'PutObjectTagging' : 'PutBucketTagging',
  severity: 'major',
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', 'v');
    const sets = letters.slice(0, 4).map((Value) => ['x', 'y'].map((Key) => ({ Key, Value })));
    const answers = await Promise.all(
      sets.map(async (TagSet) =>
        of === 'object'
          ? t.subject(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }))
          : t.subject(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } })),
      ),
    );
    for (const answer of answers) t.expectTrue((answer.status ?? 0) < 300, 'a set was refused', 'wrong-status');
    const read =
      of === 'object'
        ? await t.observe(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))
        : await t.observe(new GetBucketTaggingCommand({ Bucket }));
    const values = new Set(read.output?.TagSet?.map(({ Value }) => Value));
    t.expectEqual([read.output?.TagSet?.length, values.size], [2, 1], 'tags, and how many sets they are of');
  },
}));
