import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { S3Error } from '../../errors/s3-error.ts';
import type { CopyOptions } from '../values.ts';
import { bodyOf, patterned } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { codeOf, plainDraft, type Fixture } from './fixture.ts';

const asIs: CopyOptions = { replace: {}, storageClass: 'STANDARD', check: () => undefined };
const sizes = [0, 100, 300_000];

async function copy(fixture: Fixture, source: string, target: string, options: Partial<CopyOptions> = {}) {
  return await fixture.store.copyObject(fixture.call, fixture.ref(source), fixture.ref(target), {
    ...asIs,
    ...options,
  });
}

async function putInParts(fixture: Fixture, key: string): Promise<Buffer> {
  const { store, call } = fixture;
  const contents = [patterned(5 * 1024 ** 2), Buffer.from('the end')];
  const upload = await store.createUpload(call, fixture.ref(key), plainDraft);
  const parts = [];
  for (const content of contents) parts.push(await store.putPart(call, upload, parts.length + 1, bodyOf(content)));
  await store.completeUpload(call, upload, parts, {});
  return Buffer.concat(contents);
}

export const copying: Theme = {
  async 'a copy has the bytes, and outlives its source'(fixture) {
    for (const size of sizes) {
      const bytes = patterned(size);
      const put = await fixture.put('source', bytes);
      const copied = await copy(fixture, 'source', 'target');
      expect(copied).toMatchObject({ etag: put.etag, sizeBytes: size, checksum: put.checksum });
      await fixture.store.deleteObject(fixture.call, fixture.ref('source'));
      expect((await fixture.get('target')).equals(bytes)).toBe(true);
    }
  },
  async 'copies of one object go one by one'(fixture) {
    const bytes = patterned(300_000);
    await fixture.put('a', bytes);
    for (const target of ['b', 'c', 'a', 'b']) await copy(fixture, 'a', target);
    for (const key of ['b', 'a']) await fixture.store.deleteObject(fixture.call, fixture.ref(key));
    await fixture.put('d', patterned(400_000));
    expect((await fixture.get('c')).equals(bytes)).toBe(true);
  },
  async 'what is said of the source goes along, or is replaced'(fixture) {
    const { store, call } = fixture;
    const draft = {
      ...plainDraft,
      headers: { 'content-type': 'a/b' },
      metadata: { m: '1' },
      tags: [{ key: 't', value: '1' }],
    };
    await store.putObject(call, fixture.ref('source'), draft, bodyOf('x'));
    await copy(fixture, 'source', 'all');
    expect(await fixture.head('all')).toMatchObject(draft);
    const replace = { headers: { 'content-type': 'c/d' }, metadata: {}, tags: [] };
    await copy(fixture, 'source', 'none', { replace });
    expect(await fixture.head('none')).toMatchObject(replace);
    await copy(fixture, 'source', 'source', { replace: { metadata: { m: '2' } } });
    expect(await fixture.head('source')).toMatchObject({ ...draft, metadata: { m: '2' } });
    expect(await fixture.text('source')).toBe('x');
  },
  async 'another checksum is computed'(fixture) {
    for (const size of sizes) {
      const bytes = patterned(size);
      await fixture.put('source', bytes);
      const copied = await copy(fixture, 'source', 'target', { checksumAlgorithm: 'SHA256' });
      const value = createHash('sha256').update(bytes).digest('base64');
      expect(copied.checksum).toEqual({ algorithm: 'SHA256', type: 'FULL_OBJECT', value });
      expect((await fixture.get('target')).equals(bytes)).toBe(true);
    }
  },
  async 'an object in parts becomes one piece'(fixture) {
    const bytes = await putInParts(fixture, 'source');
    const copied = await copy(fixture, 'source', 'target');
    expect(copied.etag).toBe(createHash('md5').update(bytes).digest('hex'));
    expect((await fixture.head('target')).partsCount).toBeUndefined();
    expect((await fixture.get('target')).equals(bytes)).toBe(true);
  },
  async 'the source is checked, and the target’s condition kept'(fixture) {
    await fixture.put('source', 'x');
    const check = (): void => {
      throw new S3Error('PreconditionFailed');
    };
    expect(await codeOf(copy(fixture, 'source', 'target', { check }))).toBe('PreconditionFailed');
    expect(await codeOf(fixture.head('target'))).toBe('NoSuchKey');
    await copy(fixture, 'source', 'target', { condition: { ifNoneMatch: '*' } });
    expect(await codeOf(copy(fixture, 'source', 'target', { condition: { ifNoneMatch: '*' } }))).toBe(
      'PreconditionFailed',
    );
    expect(await codeOf(copy(fixture, 'absent', 'target'))).toBe('NoSuchKey');
  },
  async 'parts are copied whole or in ranges'(fixture) {
    const { store, call } = fixture;
    const bytes = patterned(6 * 1024 ** 2);
    await fixture.put('source', bytes);
    const upload = await store.createUpload(call, fixture.ref('target'), plainDraft);
    const ranges = [undefined, { first: 10, last: 5 * 1024 ** 2 + 10 }, { first: 1, last: 5 }];
    const parts = [];
    for (const range of ranges) {
      const options = { select: () => range };
      parts.push(await store.copyPart(call, upload, parts.length + 1, fixture.ref('source'), options));
    }
    await store.deleteObject(call, fixture.ref('source'));
    await store.completeUpload(call, upload, parts, {});
    const expected = ranges.map((range) => (range ? bytes.subarray(range.first, range.last + 1) : bytes));
    expect((await fixture.get('target')).equals(Buffer.concat(expected))).toBe(true);
  },
};
