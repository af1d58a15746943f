import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineObjectRefusals } from './object-refusals.ts';
import { inOrder } from './tag-rules.ts';

const described = {
  operation: 'GetObjectTagging',
  feature: 'object-tagging',
  level: 'core',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html',
} as const;

defineCase({
  ...described,
  id: 'GetObjectTagging.object-tagging.set-with-the-object',
  title: 'tags given to PutObject in x-amz-tagging are read, decoded',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { tagging: 'a=1&b%2Fc=x%20y' });
    const get = await t.subject(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
    const expected = [
      ['a', '1'],
      ['b/c', 'x y'],
    ];
    t.expectEqual(inOrder(get.expectOk().TagSet), expected, 'tags');
  },
});

defineCase({
  ...described,
  id: 'GetObjectTagging.object-tagging.no-tags',
  title: 'an object without tags has an empty set, which is no error',
  clients: ['terraform'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const get = await t.subject(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(get.expectOk().TagSet, [], 'tags');
    get.expectRoot('Tagging');
  },
});

defineCase({
  ...described,
  id: 'GetObjectTagging.object-tagging.overwritten-object',
  title: 'an overwritten object has the tags of its new version alone',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v1', { tagging: 'old=1' });
    await t.put(bucket, 'k', 'v2', { tagging: 'new=2' });
    const get = await t.subject(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'k' }));
    t.expectEqual(inOrder(get.expectOk().TagSet), [['new', '2']], 'tags');
  },
});

defineCase({
  ...described,
  id: 'GetObjectTagging.object-tagging.query-without-equals-sign',
  title: '?tagging without "=" is the tags, never the object',
  severity: 'critical',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const get = await t.raw({ method: 'GET', path: t.path(bucket, 'k'), query: 'tagging' });
    get.expectOk(200);
    get.expectRoot('Tagging');
    get.expectHeader('content-type', /^application\/xml/);
  },
});

defineObjectRefusals({
  operation: 'GetObjectTagging',
  feature: 'object-tagging',
  command: (input) => new GetObjectTaggingCommand(input),
});
