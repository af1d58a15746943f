import { GetBucketLocationCommand } from '@aws-sdk/client-s3';
import { defineCase } from '../../engine/define-case.ts';
import { defineBucketRefusals } from '../configuration/configuration-read.ts';

const described = {
  operation: 'GetBucketLocation',
  feature: 'bucket-location',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html',
} as const;

defineCase({
  ...described,
  id: 'GetBucketLocation.bucket-location.own-region',
  title: "the bucket's region; nothing for us-east-1",
  level: 'core',
  severity: 'major',
  clients: ['minio', 'duckdb', 'snowflake'],
  run: async (t) => {
    const bucket = await t.bucket();
    const get = await t.subject(new GetBucketLocationCommand({ Bucket: bucket }));
    const location = get.expectOk().LocationConstraint;
    get.expectRoot('LocationConstraint');
    t.expectEqual(location ?? '', t.region === 'us-east-1' ? '' : t.region, 'LocationConstraint');
  },
});

defineCase({
  ...described,
  id: 'GetBucketLocation.bucket-location.query-without-equals-sign',
  title: '?location without "=" is no listing of the objects',
  level: 'core',
  severity: 'major',
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const get = await t.raw({ method: 'GET', path: t.path(bucket), query: 'location' });
    get.expectOk(200);
    get.expectRoot('LocationConstraint');
    get.expectHeader('content-type', /^application\/xml/);
  },
});

defineBucketRefusals({
  operation: 'GetBucketLocation',
  feature: 'bucket-location',
  command: (input) => new GetBucketLocationCommand(input),
});
