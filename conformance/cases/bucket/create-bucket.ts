import {
  CreateBucketCommand,
  GetBucketOwnershipControlsCommand,
  GetObjectLockConfigurationCommand,
  ListBucketsCommand,
  type CreateBucketCommandInput,
} from '@aws-sdk/client-s3';
import { isCleanRefusal } from '../../engine/cause.ts';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { bucketConfiguration } from './bucket-configuration.ts';

const reference = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html';
const described = { operation: 'CreateBucket', feature: 'bucket-basics', reference } as const;
const ownership = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html';

defineCase({
  ...described,
  id: 'CreateBucket.bucket-basics.usable-at-once',
  title: 'a new bucket is there, empty, and takes objects at once',
  level: 'core',
  severity: 'critical',
  run: async (t) => {
    const bucket = t.bucketName();
    (await t.subject(new CreateBucketCommand({ Bucket: bucket }))).expectOk();
    await t.expectKeys(bucket, []);
    await t.put(bucket, 'k', 'v');
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineCase({
  ...described,
  id: 'CreateBucket.bucket-basics.location-header',
  title: 'the answer names the bucket in Location',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = t.bucketName();
    const creation = await t.subject(new CreateBucketCommand({ Bucket: bucket }));
    t.expectTrue(creation.expectOk().Location?.includes(bucket) === true, 'Location does not name it', 'wrong-header');
    await t.expectBucketExists(bucket);
  },
});

defineCase({
  ...described,
  id: 'CreateBucket.bucket-basics.own-bucket-again',
  title: 'making a bucket that one owns already: 409, and its objects stay',
  level: 'extended', // AWS itself answers 200 in us-east-1 alone, "for legacy compatibility"
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const creation = await t.subject(new CreateBucketCommand({ Bucket: bucket }));
    creation.expectError({ status: 409, code: 'BucketAlreadyOwnedByYou' });
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineCase({
  ...described,
  id: 'CreateBucket.second-account.taken-name',
  title: "another account's bucket: 409 BucketAlreadyExists, and it stays theirs",
  feature: 'second-account',
  level: 'core',
  severity: 'critical',
  requires: ['second-account', 'auth-enforced'],
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const creation = await t.subject(new CreateBucketCommand({ Bucket: bucket }), { as: 'second' });
    creation.expectError({ status: 409, code: 'BucketAlreadyExists' });
    await t.expectObject(bucket, 'k', 'v');
  },
});

defineCase({
  ...described,
  id: 'CreateBucket.anonymous.refused',
  title: 'anonymous requests are never allowed to create buckets',
  feature: 'anonymous',
  level: 'core',
  severity: 'critical',
  requires: ['anonymous', 'auth-enforced'],
  transport: 'raw',
  run: async (t) => {
    const bucket = t.bucketName();
    const creation = await t.rawUnsigned({ method: 'PUT', path: t.path(bucket) });
    creation.expectError({ status: 403, code: 'AccessDenied' });
    await t.expectBucketAbsent(bucket);
  },
});

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

defineTable(
  [
    ['not-well-formed', '<CreateBucketConfiguration>'],
    ['other-root', `<BucketConfiguration ${namespace}/>`],
    ['no-xml', 'LocationConstraint=eu-west-1'],
  ] as const,
  ([condition, body]) => ({
    ...described,
    id: `CreateBucket.error-shape.body-${condition}`,
    title: `a body that is not what the schema says (${condition}): 400 MalformedXML, and no bucket`,
    feature: 'error-shape',
    level: 'core',
    severity: 'minor',
    transport: 'raw',
    run: async (t) => {
      const bucket = t.bucketName();
      const creation = await t.raw({ method: 'PUT', path: t.path(bucket), body });
      creation.expectError({ status: 400, code: 'MalformedXML' });
      await t.expectBucketAbsent(bucket);
    },
  }),
);

defineCase({
  ...described,
  id: 'CreateBucket.bucket-location.no-such-region',
  title: 'a location constraint that is no region: 400, and no bucket',
  feature: 'bucket-location',
  level: 'core',
  severity: 'major',
  transport: 'raw',
  run: async (t) => {
    const bucket = t.bucketName();
    const creation = await t.raw({ method: 'PUT', path: t.path(bucket), body: bucketConfiguration('nowhere') });
    creation.expectError({ status: 400, code: 'InvalidLocationConstraint' });
    await t.expectBucketAbsent(bucket);
  },
});

defineTable(['public-read', 'public-read-write', 'authenticated-read'] as const, (acl) => ({
  ...described,
  id: `CreateBucket.acl.${acl}`,
  title: `ACL ${acl} while ACLs are disabled by default: 400, and no bucket`,
  feature: 'acl',
  level: 'core',
  severity: 'critical',
  requires: ['acl-enforced-owner'],
  reference: ownership,
  run: async (t) => {
    const bucket = t.bucketName();
    const creation = await t.subject(new CreateBucketCommand({ Bucket: bucket, ACL: acl }));
    creation.expectError({ status: 400, code: 'InvalidBucketAclWithObjectOwnership' });
    await t.expectBucketAbsent(bucket);
  },
}));

defineCase({
  ...described,
  id: 'CreateBucket.acl.private',
  title: 'ACL private says what is so anyway',
  feature: 'acl',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const bucket = t.bucketName();
    (await t.subject(new CreateBucketCommand({ Bucket: bucket, ACL: 'private' }))).expectOk();
    await t.expectKeys(bucket, []);
    await t.expectBucketExists(bucket);
  },
});

const everyone = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';

defineTable(
  [
    ['granted-to-everyone', [['x-amz-grant-read', everyone]], 'InvalidBucketAclWithObjectOwnership', 'core'],
    ['unknown-canned-acl', [['x-amz-acl', 'nobody']], 'InvalidArgument', 'extended'],
  ] as const,
  ([condition, headers, code, level]) => ({
    ...described,
    id: `CreateBucket.acl.${condition}`,
    title: `${condition.replaceAll('-', ' ')}: 400, and no bucket`,
    feature: 'acl',
    level,
    severity: 'major',
    requires: level === 'core' ? ['acl-enforced-owner'] : [],
    reference: level === 'core' ? ownership : reference,
    transport: 'raw',
    run: async (t) => {
      const bucket = t.bucketName();
      const creation = await t.raw({
        method: 'PUT',
        path: t.path(bucket),
        headers,
        body: bucketConfiguration(t.region),
      });
      creation.expectError({ status: 400, code });
      await t.expectBucketAbsent(bucket);
    },
  }),
);

defineCase({
  ...described,
  id: 'CreateBucket.ownership.bucket-owner-enforced',
  title: 'Object Ownership BucketOwnerEnforced, the default, can be asked for',
  feature: 'ownership',
  level: 'core',
  severity: 'major',
  clients: ['terraform'],
  run: async (t) => {
    const bucket = t.bucketName();
    const input = { Bucket: bucket, ObjectOwnership: 'BucketOwnerEnforced' } as const;
    (await t.subject(new CreateBucketCommand(input))).expectOk();
    const { output } = await t.observe(new GetBucketOwnershipControlsCommand({ Bucket: bucket }));
    t.expectEqual(output?.OwnershipControls?.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }], 'rules', 'ignored');
  },
});

interface Asked {
  readonly feature: 'object-lock' | 'ownership';
  readonly input: Partial<CreateBucketCommandInput>;
}

/** A feature that is asked for with the bucket is there afterwards, or its absence is said and no bucket is made. */
defineTable<Asked>(
  [
    { feature: 'object-lock', input: { ObjectLockEnabledForBucket: true } },
    { feature: 'ownership', input: { ObjectOwnership: 'ObjectWriter' } },
  ],
  ({ feature, input }) => ({
    ...described,
    id: `CreateBucket.header-refusal.${feature}`,
    title: `${feature.replace('-', ' ')} asked for with the bucket is never ignored`,
    feature: 'header-refusal',
    level: 'extended',
    severity: 'critical',
    run: async (t) => {
      await t.bucket(); // a server that makes no buckets at all says nothing here
      const bucket = t.bucketName();
      const creation = await t.subject(new CreateBucketCommand({ ...input, Bucket: bucket }));
      if (isCleanRefusal(creation.exchange)) {
        creation.expectError({ status: creation.status ?? 501 });
        await t.expectBucketAbsent(bucket);
        return;
      }
      creation.expectOk();
      if (feature === 'object-lock') {
        const { output } = await t.observe(new GetObjectLockConfigurationCommand({ Bucket: bucket }));
        t.expectEqual(output?.ObjectLockConfiguration?.ObjectLockEnabled, 'Enabled', 'object lock', 'ignored');
      } else {
        const { output } = await t.observe(new GetBucketOwnershipControlsCommand({ Bucket: bucket }));
        t.expectEqual(output?.OwnershipControls?.Rules?.[0]?.ObjectOwnership, 'ObjectWriter', 'ownership', 'ignored');
      }
    },
  }),
);

defineCase({
  ...described,
  id: 'CreateBucket.bucket-basics.owner',
  title: 'who makes a bucket owns it: it is in the own list',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const bucket = t.bucketName();
    (await t.subject(new CreateBucketCommand({ Bucket: bucket }))).expectOk();
    const { output } = await t.observe(new ListBucketsCommand({}));
    t.expectTrue(output?.Buckets?.some(({ Name }) => Name === bucket) === true, 'it is not listed', 'ignored');
  },
});
