import { DeleteBucketCommand, ListBucketsCommand, type ListBucketsCommandOutput } from '@aws-sdk/client-s3';
import { defineCase, defineTable } from '../../engine/define-case.ts';

const described = {
  operation: 'ListBuckets',
  feature: 'list-buckets',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html',
} as const;

const namesIn = (output: ListBucketsCommandOutput): string[] => (output.Buckets ?? []).map(({ Name }) => Name ?? '');

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.own-bucket',
  title: 'a new bucket is listed once, with the date it was made',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const bucket = await t.bucket();
    const list = await t.subject(new ListBucketsCommand({}));
    const found = (list.expectOk().Buckets ?? []).filter(({ Name }) => Name === bucket);
    t.expectEqual(found.length, 1, 'entries of the new bucket');
    const now = Date.parse(list.header('date') ?? '');
    const ageMs = now - (found[0]?.CreationDate?.getTime() ?? 0);
    t.expectTrue(Math.abs(ageMs) < 600_000, `CreationDate is ${String(ageMs)} ms before the server's Date`);
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.deleted-bucket',
  title: 'a deleted bucket is listed no longer, another one still is',
  level: 'core',
  severity: 'major',
  run: async (t) => {
    const [kept, removed] = [await t.bucket(), await t.bucket()];
    await t.setup(new DeleteBucketCommand({ Bucket: removed }));
    const names = namesIn((await t.subject(new ListBucketsCommand({}))).expectOk());
    t.expectEqual(
      names.filter((name) => name === kept || name === removed),
      [kept],
      'buckets listed',
    );
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.document',
  title: 'the document is ListAllMyBucketsResult as application/xml, and names the owner',
  level: 'core',
  severity: 'major',
  transport: 'raw',
  isolation: 'shared',
  run: async (t) => {
    const list = await t.raw({ method: 'GET', path: '/' });
    list.expectOk(200);
    list.expectRoot('ListAllMyBucketsResult');
    list.expectHeader('content-type', /^application\/xml/);
    t.expectMatch(list.body.toString(), /<Owner><ID>[^<]+<\/ID>/, 'Owner');
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.second-account.own-buckets-only',
  title: "an account sees its own buckets and nobody else's",
  feature: 'second-account',
  level: 'core',
  severity: 'critical',
  requires: ['second-account', 'auth-enforced'],
  run: async (t) => {
    const bucket = await t.bucket();
    const list = await t.subject(new ListBucketsCommand({}), { as: 'second' });
    const output = list.expectOk();
    list.expectRoot('ListAllMyBucketsResult');
    t.expectTrue(!namesIn(output).includes(bucket), 'the other account lists the bucket');
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.prefix',
  title: 'prefix leaves only the buckets that begin with it, and is repeated in the answer',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.bucket();
    const output = (await t.subject(new ListBucketsCommand({ Prefix: bucket }))).expectOk();
    t.expectEqual(output.Prefix, bucket, 'Prefix');
    t.expectTrue(
      namesIn(output).every((name) => name.startsWith(bucket)),
      'a bucket that does not begin with the prefix is listed',
    );
    t.expectTrue(namesIn(output).includes(bucket), 'the bucket of that name is missing');
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.prefix-without-match',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const absent = t.bucketName();
    await t.bucket();
    const output = (await t.subject(new ListBucketsCommand({ Prefix: `${absent}-` }))).expectOk();
    t.expectEqual([output.Prefix, ...namesIn(output)], [`${absent}-`], 'Prefix and names');
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.pages',
  title: 'max-buckets and continuation-token give every bucket once, never more than asked for',
  level: 'extended',
  severity: 'major',
  isolation: 'serial',
  run: async (t) => {
    const own = [await t.bucket(), await t.bucket(), await t.bucket()].sort();
    const prefix = own[0]?.replace(/\d+$/, '') ?? '';
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = { Prefix: prefix, MaxBuckets: 2, ...(token !== undefined && { ContinuationToken: token }) };
      const output = (await t.subject(new ListBucketsCommand(page))).expectOk();
      t.expectTrue(namesIn(output).length <= 2, 'a page holds more than max-buckets');
      found.push(...namesIn(output));
      t.expectTrue(found.length < 1000, 'the pages do not end');
      token = output.ContinuationToken;
    } while (token !== undefined);
    t.expectEqual(found.filter((name) => own.includes(name)).sort(), own, 'buckets on all pages');
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.bucket-region',
  title: 'bucket-region of the endpoint: the bucket is listed with its region',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    const list = await t.subject(new ListBucketsCommand({ Prefix: bucket, BucketRegion: t.region }));
    const found = list.expectOk().Buckets?.find(({ Name }) => Name === bucket);
    t.expectEqual(found?.BucketRegion, t.region, 'BucketRegion');
  },
});

defineCase({
  ...described,
  id: 'ListBuckets.list-buckets.in-order-of-names',
  title: 'the buckets come in the order of their names, each with the date of its making',
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const own = [await t.bucket(), await t.bucket(), await t.bucket()];
    const { Buckets = [] } = (await t.subject(new ListBucketsCommand({}))).expectOk();
    const listed = Buckets.map(({ Name = '' }) => Name).filter((name) => own.includes(name));
    t.expectEqual(listed, own.toSorted(), 'own buckets');
    t.expectTrue(
      Buckets.every(({ CreationDate }) => CreationDate instanceof Date),
      'a bucket has no CreationDate',
      'wrong-shape',
    );
  },
});

defineTable([0, 10_001], (limit) => ({
  ...described,
  id: `ListBuckets.list-buckets.max-buckets-${String(limit)}`,
  title: `max-buckets may be 1 to 10000: ${String(limit)} is refused`,
  level: 'extended',
  severity: 'minor',
  run: async (t) => {
    const bucket = await t.bucket();
    const list = await t.subject(new ListBucketsCommand({ MaxBuckets: limit }));
    list.expectError({ status: 400, code: 'InvalidArgument' });
    await t.expectBucketExists(bucket);
  },
}));
