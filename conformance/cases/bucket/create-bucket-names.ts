import { DeleteBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { defineTable } from '../../engine/define-case.ts';
import { bucketConfiguration } from './bucket-configuration.ts';

const described = {
  operation: 'CreateBucket',
  feature: 'bucket-naming',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
} as const;

/** Each made from a name of this run, so that it is nobody else's and can be removed. */
defineTable<readonly [string, (name: string) => string]>(
  [
    ['dots', (name) => `${name}.a.b`],
    ['double-hyphen', (name) => `${name}--a`],
    ['hyphen-beside-dot', (name) => `${name}-.a`],
    ['longest', (name) => name.padEnd(63, 'x')],
    ['digits-at-the-end', (name) => `${name}.123`],
  ],
  ([condition, toName]) => ({
    ...described,
    id: `CreateBucket.bucket-naming.${condition}`,
    title: `a name that the rules allow: ${condition.replaceAll('-', ' ')}`,
    level: condition === 'hyphen-beside-dot' ? 'extended' : 'core',
    severity: 'major',
    transport: 'raw',
    run: async (t) => {
      const bucket = toName(t.bucketName());
      const creation = await t.raw({ method: 'PUT', path: t.path(bucket), body: bucketConfiguration(t.region) });
      creation.expectOk(200);
      await t.expectKeys(bucket, []);
      await t.expectBucketExists(bucket);
    },
  }),
);

/** What breaks the rules in shape is core; the reserved beginnings and endings are AWS's own. */
defineTable<readonly [string, 'core' | 'extended', (name: string) => string]>(
  [
    ['too-short', 'core', () => 'zq'],
    ['too-long', 'core', (name) => name.padEnd(64, 'x')],
    ['upper-case', 'core', (name) => `${name}-Upper`],
    ['underscore', 'core', (name) => `${name}_a`],
    ['space', 'core', (name) => `${name} a`],
    ['letter-beyond-ascii', 'core', (name) => `${name}é`],
    ['hyphen-at-the-beginning', 'core', (name) => `-${name}`],
    ['hyphen-at-the-end', 'core', (name) => `${name}-`],
    ['dot-at-the-beginning', 'core', (name) => `.${name}`],
    ['dot-at-the-end', 'core', (name) => `${name}.`],
    ['adjacent-dots', 'core', (name) => `${name}..a`],
    ['ip-address', 'core', () => '192.168.5.4'],
    ['begins-with-xn', 'extended', (name) => `xn--${name}`],
    ['begins-with-sthree', 'extended', (name) => `sthree-${name}`],
    ['begins-with-amzn-s3-demo', 'extended', (name) => `amzn-s3-demo-${name}`],
    ['ends-with-s3alias', 'extended', (name) => `${name}-s3alias`],
    ['ends-with-ol-s3', 'extended', (name) => `${name}--ol-s3`],
    ['ends-with-mrap', 'extended', (name) => `${name}.mrap`],
    ['ends-with-table-s3', 'extended', (name) => `${name}--table-s3`],
    ['colon', 'core', (name) => `${name}:a`],
    ['asterisk', 'core', (name) => `${name}*`],
    ['comma', 'core', (name) => `${name},a`],
    ['control-character', 'extended', (name) => `${name}\u0001`],
  ],
  ([condition, level, toName]) => ({
    ...described,
    id: `CreateBucket.bucket-naming.${condition}`,
    title: `a name that the rules forbid: ${condition.replaceAll('-', ' ')}`,
    level,
    severity: 'minor',
    transport: 'raw',
    run: async (t) => {
      const bucket = toName(t.bucketName());
      const creation = await t.raw({ method: 'PUT', path: t.path(bucket), body: bucketConfiguration(t.region) });
      // What was made by mistake does not begin with this run's prefix in every row: nobody else would remove it.
      if (creation.status === 200) await t.look(new DeleteBucketCommand({ Bucket: bucket }));
      creation.expectError({ status: 400, code: 'InvalidBucketName' });
      const { output } = await t.observe(new ListBucketsCommand({}));
      t.expectTrue(output?.Buckets?.some(({ Name }) => Name === bucket) !== true, 'it was made', 'state-damaged');
    },
  }),
);
