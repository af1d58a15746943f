import { expect } from '@jest/globals';
import type { Theme } from './describe-object-store.ts';
import { callAs, codeOf, plainDraft } from './fixture.ts';

export const buckets: Theme = {
  async 'a bucket belongs to the user who made it'({ store, call, stranger, bucket }) {
    expect(await store.headBucket(call, bucket)).toMatchObject({ name: bucket, owner: 'ada' });
    expect(await codeOf(store.headBucket(stranger, bucket))).toBe('AccessDenied');
    expect(await codeOf(store.listObjects(stranger, bucket, { prefix: '', delimiter: '', limit: 1 }))).toBe(
      'AccessDenied',
    );
    expect(await codeOf(store.deleteBucket(stranger, bucket))).toBe('AccessDenied');
  },
  async 'a name is taken once'({ store, call, stranger, bucket }) {
    expect(await codeOf(store.createBucket(call, bucket, []))).toBe('BucketAlreadyOwnedByYou');
    expect(await codeOf(store.createBucket(stranger, bucket, []))).toBe('BucketAlreadyExists');
  },
  async 'of 20 creations at once one succeeds'({ store, call, bucket }) {
    const name = `${bucket}-raced`;
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(store.createBucket(call, name, []))));
    expect(codes.filter((code) => code === 'resolved')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['resolved', 'BucketAlreadyOwnedByYou']));
  },
  async 'an absent bucket is said before an absent key'({ store, call }) {
    const ref = { bucket: 'no-such-bucket', key: 'k' };
    expect(await codeOf(store.headObject(call, ref))).toBe('NoSuchBucket');
    expect(await codeOf(store.deleteObject(call, ref))).toBe('NoSuchBucket');
    expect(await codeOf(store.createUpload(call, ref, plainDraft))).toBe('NoSuchBucket');
    expect(await codeOf(store.headUpload(call, { ...ref, uploadId: 'x' }))).toBe('NoSuchBucket');
    expect(await codeOf(store.deleteBucket(call, ref.bucket))).toBe('NoSuchBucket');
  },
  async 'a bucket with an object stays'(fixture) {
    const { store, call, bucket } = fixture;
    await fixture.put('k', 'v');
    expect(await codeOf(store.deleteBucket(call, bucket))).toBe('BucketNotEmpty');
    await store.deleteObject(call, fixture.ref('k'));
    await store.deleteBucket(call, bucket);
    expect(await codeOf(store.headBucket(call, bucket))).toBe('NoSuchBucket');
  },
  async 'uploads in progress go with their bucket'({ store, call, bucket }) {
    const upload = await store.createUpload(call, { bucket, key: 'k' }, plainDraft);
    await store.deleteBucket(call, bucket);
    await store.createBucket(call, bucket, []);
    expect(await codeOf(store.headUpload(call, upload))).toBe('NoSuchUpload');
  },
  async 'buckets are listed by name, and in pages'({ store, call, bucket }) {
    const prefix = `${bucket}-`;
    for (const name of ['c', 'a', 'd', 'b']) await store.createBucket(call, prefix + name, []);
    const first = await store.listBuckets(call, { prefix, limit: 3 });
    expect(first.buckets.map(({ name }) => name.at(-1))).toEqual(['a', 'b', 'c']);
    const rest = await store.listBuckets(call, { prefix, limit: 3, ...(first.next && { after: first.next }) });
    expect(rest.buckets.map(({ name }) => name.at(-1))).toEqual(['d']);
    expect(rest.next).toBeUndefined();
    const found = await store.listBuckets(call, { prefix: `${prefix}b`, limit: 3 });
    expect(found.buckets).toHaveLength(1);
  },
  async 'one sees one’s own buckets'({ store, bucket }) {
    const owner = callAs(`owner of ${bucket}`);
    await store.createBucket(owner, `${bucket}-own`, []);
    const { buckets: own } = await store.listBuckets(owner, { prefix: '', limit: 3 });
    expect(own.map(({ name }) => name)).toEqual([`${bucket}-own`]);
  },
  async 'tags of a bucket'({ store, call, bucket }) {
    if (!store.capabilities.bucketTags) return;
    expect(await store.getBucketTags(call, bucket)).toBeUndefined();
    await store.setBucketTags(call, bucket, [{ key: 'k', value: 'v' }]);
    expect(await store.getBucketTags(call, bucket)).toEqual([{ key: 'k', value: 'v' }]);
    await store.setBucketTags(call, bucket, undefined);
    expect(await store.getBucketTags(call, bucket)).toBeUndefined();
  },
};
