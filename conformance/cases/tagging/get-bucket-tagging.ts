import { GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineConfigurationRead } from '../configuration/configuration-read.ts';
import { inOrder, tagsOf } from './tag-rules.ts';

defineConfigurationRead({
  operation: 'GetBucketTagging',
  feature: 'bucket-tagging',
  query: 'tagging',
  command: (input) => new GetBucketTaggingCommand(input),
  answer: { status: 404, code: 'NoSuchTagSet' },
});

defineCase({
  id: 'GetBucketTagging.bucket-tagging.tags-set',
  title: 'the tags that were set, whatever the objects have',
  operation: 'GetBucketTagging',
  feature: 'bucket-tagging',
  level: 'core',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html',
  clients: ['terraform'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v', { tagging: 'of=object' });
    await t.setup(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: tagsOf(3) } }));
    const get = await t.subject(new GetBucketTaggingCommand({ Bucket: bucket }));
    t.expectEqual(inOrder(get.expectOk().TagSet), inOrder(tagsOf(3)), 'tags');
    get.expectRoot('Tagging');
  },
});
