import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { hardKeys } from '../../fixtures/hard-keys.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html';
const key = { feature: 'key-encoding', level: 'core', severity: 'critical', reference } as const;

defineTable(hardKeys, ([condition, name]) => ({
  ...key,
  id: `PutObject.key.${condition}`,
  title: `a key (${condition.replaceAll('-', ' ')}) is kept byte for byte: read, listed`,
  operation: 'PutObject',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: name, Body: condition }));
    subject.expectOk();
    await t.expectObject(bucket, name, condition);
    await t.expectKeys(bucket, [name]);
  },
}));

defineTable(hardKeys, ([condition, name]) => ({
  ...key,
  id: `CopyObject.source-key.${condition}`,
  title: `an object under a key (${condition.replaceAll('-', ' ')}) can be copied`,
  operation: 'CopyObject',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html',
  clients: ['rclone'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, name, condition);
    const source = `${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`;
    const subject = await t.subject(new CopyObjectCommand({ Bucket: bucket, Key: 'target', CopySource: source }));
    subject.expectOk();
    await t.expectObject(bucket, 'target', condition);
  },
}));

/** Pairs that are one key to a server that decodes twice, folds case, or tidies paths. */
const pairs = [
  ['space-and-plus', 'a b', 'a+b'],
  ['space-and-encoded-space', 'a b', 'a%20b'],
  ['slash-and-encoded-slash', 'a/b', 'a%2Fb'],
  ['upper-and-lower-case', 'Key', 'key'],
  ['composed-and-decomposed', '\u00e9', 'e\u0301'],
  ['one-and-two-slashes', 'a/b', 'a//b'],
  ['with-and-without-trailing-slash', 'a', 'a/'],
  ['with-and-without-leading-slash', 'a', '/a'],
] as const;

defineTable(pairs, ([condition, first, second]) => ({
  ...key,
  id: `GetObject.key.${condition}`,
  title: `${condition.replaceAll('-', ' ')}: two keys, two objects`,
  operation: 'GetObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, first, 'first');
    await t.put(bucket, second, 'second');
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: first }));
    subject.expectOk();
    subject.expectBody('first');
    await t.expectObject(bucket, second, 'second');
  },
}));

defineTable(pairs, ([condition, first, second]) => ({
  ...key,
  id: `DeleteObject.key.${condition}`,
  title: `${condition.replaceAll('-', ' ')}: deleting one leaves the other`,
  operation: 'DeleteObject',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, first, 'first');
    await t.put(bucket, second, 'second');
    const subject = await t.subject(new DeleteObjectCommand({ Bucket: bucket, Key: first }));
    subject.expectOk(204);
    await t.expectKeys(bucket, [second]);
  },
}));

defineTable(
  [
    ['lower-case-escapes', '%c3%a9', 'é'],
    ['escaped-letters', '%61%62', 'ab'],
    ['escaped-slash', 'a%2Fb', 'a/b'],
    ['plus-as-it-stands', 'a+b', 'a+b'],
  ] as const,
  ([condition, path, name]) => ({
    ...key,
    id: `GetObject.path.${condition}`,
    title: `the path ${path} is the key ${name}`,
    operation: 'GetObject',
    feature: 'key-encoding',
    level: 'extended',
    severity: 'major',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html',
    transport: 'raw',
    run: async (t) => {
      const bucket = await t.bucket();
      await t.put(bucket, name, condition);
      const query = t.presignRaw('GET', t.path(bucket, name));
      const subject = await t.rawUnsigned({ method: 'GET', path: `${t.path(bucket)}/${path}`, query });
      subject.expectOk(200);
      subject.expectBody(condition);
    },
  }),
);

defineCase({
  ...key,
  id: 'PutObject.key.longest-of-three-byte-characters',
  title: 'the limit of a key is 1,024 bytes, not characters',
  operation: 'PutObject',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    const subject = await t.subject(new PutObjectCommand({ Bucket: bucket, Key: '漢'.repeat(342), Body: 'v' }));
    subject.expectError({ status: 400, code: 'KeyTooLongError' });
    await t.expectKeys(bucket, []);
  },
});
