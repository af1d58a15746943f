import { expect } from '@jest/globals';
import type { CompleteOptions, NamedPart, PartInfo, UploadChecksum, UploadInfo } from '../values.ts';
import { bodyOf } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { codeOf, plainDraft, type Fixture } from './fixture.ts';

async function begin(
  fixture: Fixture,
  checksum?: UploadChecksum,
): Promise<{ upload: UploadInfo; part: PartInfo; complete: Complete }> {
  const { store, call } = fixture;
  const upload = await store.createUpload(call, fixture.ref('k'), plainDraft, checksum);
  const body = bodyOf('content', checksum === undefined ? {} : { algorithm: checksum.algorithm });
  const part = await store.putPart(call, upload, 1, body);
  const complete: Complete = (parts, options = {}) => codeOf(store.completeUpload(call, upload, parts, options));
  return { upload, part, complete };
}
type Complete = (parts: readonly NamedPart[], options?: CompleteOptions) => Promise<string>;

const crc32 = { algorithm: 'CRC32', type: 'COMPOSITE' } as const;
const wrong = { algorithm: 'CRC32', value: 'AAAAAA==' } as const;

export const completion: Theme = {
  async 'names parts that are there, by their ETags'(fixture) {
    const { part, complete } = await begin(fixture);
    expect(await complete([{ partNumber: 2, etag: part.etag }])).toBe('InvalidPart');
    expect(await complete([{ partNumber: 1, etag: 'other' }])).toBe('InvalidPart');
    expect(await complete([part])).toBe('resolved');
  },
  async 'refuses parts too small, but for the last'(fixture) {
    const { store, call } = fixture;
    const { upload, part, complete } = await begin(fixture);
    const second = await store.putPart(call, upload, 2, bodyOf('x'));
    expect(await complete([part, second])).toBe('EntityTooSmall');
    await expect(store.completeUpload(call, upload, [part, second], {})).rejects.toMatchObject({
      details: { ProposedSize: '7', MinSizeAllowed: '5242880', PartNumber: '1', ETag: part.etag },
    });
    expect(await complete([second])).toBe('resolved');
    expect(await fixture.text('k')).toBe('x');
  },
  async 'holds the client to the size it says'(fixture) {
    const { part, complete } = await begin(fixture);
    expect(await complete([part], { sizeBytes: 8 })).toBe('InvalidRequest');
    expect(await complete([part], { sizeBytes: 7 })).toBe('resolved');
  },
  async 'holds the client to the checksums of the parts'(fixture) {
    const { part, complete } = await begin(fixture, crc32);
    const named = { partNumber: 1, etag: part.etag };
    expect(await complete([named])).toBe('InvalidRequest');
    expect(await complete([{ ...named, checksum: wrong }])).toBe('InvalidPart');
    expect(await complete([{ ...named, checksum: { ...wrong, algorithm: 'SHA1' } }])).toBe('InvalidRequest');
    expect(await complete([part])).toBe('resolved');
  },
  async 'holds the client to the checksum of the whole'(fixture) {
    const { part, complete } = await begin(fixture, { algorithm: 'CRC32', type: 'FULL_OBJECT' });
    const right = { algorithm: 'CRC32', value: part.checksum?.value ?? '' } as const;
    expect(await complete([part], { checksum: wrong })).toBe('BadDigest');
    expect(await complete([part], { checksum: { ...right, algorithm: 'CRC32C' } })).toBe('InvalidRequest');
    expect(await complete([part], { checksum: right, checksumType: 'COMPOSITE' })).toBe('InvalidRequest');
    expect(await complete([part], { checksum: right, checksumType: 'FULL_OBJECT' })).toBe('resolved');
  },
  async 'of 10 completions at once one makes the object, and all have its ETag'(fixture) {
    const { store, call } = fixture;
    const { upload, part } = await begin(fixture);
    const completions = Array.from({ length: 10 }, () => store.completeUpload(call, upload, [part], {}));
    const results = await Promise.all(completions);
    const { etag } = await fixture.head('k');
    expect(new Set(results.map((result) => result.etag))).toEqual(new Set([etag]));
    expect(await fixture.text('k')).toBe('content');
  },
  async 'repeats its answer for the same parts'(fixture) {
    const { store, call } = fixture;
    const { upload, part, complete } = await begin(fixture, { algorithm: 'CRC32', type: 'FULL_OBJECT' });
    const first = await store.completeUpload(call, upload, [part], { condition: { ifNoneMatch: '*' } });
    expect(first.checksum).toMatchObject({ algorithm: 'CRC32' });
    expect(await store.completeUpload(call, upload, [part], { condition: { ifNoneMatch: '*' } })).toEqual(first);
    expect(await complete([{ ...part, etag: 'd41d8cd98f00b204e9800998ecf8427e' }])).toBe('NoSuchUpload');
    expect(await complete([])).toBe('NoSuchUpload');
    expect(await codeOf(store.completeUpload(call, { ...upload, key: 'other' }, [part], {}))).toBe('NoSuchUpload');
    expect(await codeOf(store.abortUpload(call, upload))).toBe('NoSuchUpload');
    expect(await codeOf(store.putPart(call, upload, 1, bodyOf('late')))).toBe('NoSuchUpload');
  },
  async 'repeats its answer when the object was written since, and leaves it'(fixture) {
    const { store, call } = fixture;
    const { upload, part } = await begin(fixture);
    const first = await store.completeUpload(call, upload, [part], {});
    await fixture.put('k', 'since');
    expect(await store.completeUpload(call, upload, [part], {})).toEqual(first);
    expect(await fixture.text('k')).toBe('since');
  },
  async 'takes parts with checksums only if numbered from 1 without a gap'(fixture) {
    const { store, call } = fixture;
    const { upload, part, complete } = await begin(fixture, crc32);
    const third = await store.putPart(call, upload, 3, bodyOf('x', { algorithm: 'CRC32' }));
    expect(await complete([third])).toBe('InvalidPartOrder');
    expect(await complete([part, third])).toBe('InvalidPartOrder');
    expect(await complete([part])).toBe('resolved');
  },
  async 'beside parts that are being replaced it takes one or refuses'(fixture) {
    const { store, call } = fixture;
    for (let round = 0; round < 10; round++) {
      const { upload, part, complete } = await begin(fixture);
      const [code, replaced] = await Promise.all([
        complete([part]),
        codeOf(store.putPart(call, upload, 1, bodyOf('b'))),
      ]);
      expect([code, replaced]).toEqual(
        code === 'resolved'
          ? ['resolved', expect.stringMatching(/^(resolved|NoSuchUpload)$/)]
          : ['InvalidPart', 'resolved'],
      );
      if (code === 'resolved') expect(await fixture.text('k')).toBe('content');
    }
  },
};
