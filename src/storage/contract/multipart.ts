import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { createDigester } from '../../body/digester.ts';
import { checksumAlgorithms, type ChecksumAlgorithm, type ChecksumType } from '../../s3/checksum.ts';
import type { PartInfo, UploadInfo } from '../values.ts';
import { bodyOf, patterned } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { codeOf, plainDraft, type Fixture } from './fixture.ts';

const contents = [patterned(5 * 1024 ** 2), patterned(6 * 1024 ** 2), Buffer.from('the end')];
const whole = Buffer.concat(contents);

function md5(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest();
}

async function uploadParts(
  { store, call }: Fixture,
  upload: UploadInfo,
  algorithm: ChecksumAlgorithm = 'CRC64NVME',
): Promise<PartInfo[]> {
  const parts = contents.map((content, index) =>
    store.putPart(call, upload, index + 1, bodyOf(content, { algorithm })),
  );
  return await Promise.all(parts);
}

function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  const digester = createDigester(algorithm);
  digester.update(bytes);
  return digester.digests().checksum.value;
}

function expectedChecksum(algorithm: ChecksumAlgorithm, type: ChecksumType): string {
  if (type === 'FULL_OBJECT') return checksumOf(algorithm, whole);
  const ofParts = contents.map((content) => Buffer.from(checksumOf(algorithm, content), 'base64'));
  return `${checksumOf(algorithm, Buffer.concat(ofParts))}-3`;
}

export const multipart: Theme = {
  async 'parts become one object, visible when completed'(fixture) {
    const { store, call } = fixture;
    const draft = { ...plainDraft, headers: { 'content-type': 'a/b' }, tags: [{ key: 't', value: '1' }] };
    const upload = await store.createUpload(call, fixture.ref('k'), draft);
    const parts = await uploadParts(fixture, upload);
    expect(await codeOf(fixture.head('k'))).toBe('NoSuchKey');
    const put = await store.completeUpload(call, upload, parts, { sizeBytes: whole.length });
    const { etag } = put;
    expect(put).toMatchObject({ etag: expect.stringMatching(/^[0-9a-f]{32}-3$/), sizeBytes: whole.length });
    expect(await fixture.head('k')).toMatchObject({ ...draft, etag, partsCount: 3, sizeBytes: whole.length });
    expect((await fixture.get('k')).equals(whole)).toBe(true);
    const { parts: listed } = await store.headObject(call, fixture.ref('k'), { withParts: true });
    expect(listed).toEqual(
      contents.map((content, index) => ({
        partNumber: index + 1,
        sizeBytes: content.length,
        checksum: checksumOf('CRC64NVME', content),
      })),
    );
    expect(await codeOf(store.headUpload(call, upload))).toBe('NoSuchUpload');
  },
  async 'the ETag is the MD5 of the parts’ MD5s'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    const { etag } = await store.completeUpload(call, upload, await uploadParts(fixture, upload), {});
    const md5s = Buffer.concat(contents.map(md5));
    expect(etag).toBe(`${md5(md5s).toString('hex')}-3`);
  },
  async 'without an algorithm the object has a CRC64NVME of all its bytes'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    expect(upload.checksum).toBeUndefined();
    const parts = await uploadParts(fixture, upload);
    expect(parts[0]?.checksum).toBeUndefined();
    const { checksum } = await store.completeUpload(call, upload, parts, {});
    const value = expectedChecksum('CRC64NVME', 'FULL_OBJECT');
    expect(checksum).toEqual({ algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value });
  },
  async 'checksums of all algorithms and types'(fixture) {
    const { store, call } = fixture;
    for (const algorithm of checksumAlgorithms) {
      for (const type of ['COMPOSITE', 'FULL_OBJECT'] as const) {
        if (type === (algorithm === 'CRC64NVME' ? 'COMPOSITE' : 'FULL_OBJECT') && !/^CRC32/.test(algorithm)) continue;
        const upload = await store.createUpload(call, fixture.ref(algorithm), plainDraft, { algorithm, type });
        const parts = await uploadParts(fixture, upload, algorithm);
        const named = parts.map((part, index) => {
          const value = checksumOf(algorithm, contents[index] ?? Buffer.alloc(0));
          expect(part.checksum).toEqual({ algorithm, type: 'FULL_OBJECT', value });
          return { partNumber: part.partNumber, etag: part.etag, checksum: { algorithm, value } };
        });
        const value = expectedChecksum(algorithm, type);
        const options = { checksum: { algorithm, value }, checksumType: type };
        const { checksum } = await store.completeUpload(call, upload, named, options);
        expect(checksum).toEqual({ algorithm, type, value });
        const info = await store.headObject(call, fixture.ref(algorithm), { withParts: true });
        expect(info.parts?.map((part) => part.checksum)).toEqual(named.map((part) => part.checksum.value));
      }
    }
  },
  async 'a part replaces the one of its number'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    for (const content of [patterned(300_000), Buffer.from('small'), patterned(200_000)]) {
      const part = await store.putPart(call, upload, 7, bodyOf(content));
      expect((await store.listParts(call, upload, { after: 0, limit: 10 })).parts).toEqual([part]);
      expect(part).toMatchObject({ partNumber: 7, sizeBytes: content.length, etag: md5(content).toString('hex') });
    }
  },
  async 'parts are listed by number, in pages'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    for (const partNumber of [10_000, 1, 256, 2]) await store.putPart(call, upload, partNumber, bodyOf('x'));
    const numbers = async (after: number, limit: number): Promise<unknown> => {
      const page = await store.listParts(call, upload, { after, limit });
      expect(page.upload).toEqual(upload);
      return [page.parts.map(({ partNumber }) => partNumber), page.next];
    };
    expect(await numbers(0, 1000)).toEqual([[1, 2, 256, 10_000], undefined]);
    expect(await numbers(0, 2)).toEqual([[1, 2], 2]);
    expect(await numbers(2, 2)).toEqual([[256, 10_000], undefined]);
    expect(await numbers(10_000, 2)).toEqual([[], undefined]);
    expect(await numbers(2_000_000_000, 2)).toEqual([[], undefined]);
  },
  async 'an upload is found by its bucket, key and id together'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    expect(await store.headUpload(call, upload)).toEqual(upload);
    for (const wrong of [{ key: 'other' }, { uploadId: 'x' }, { uploadId: 'é'.repeat(2000) }, { uploadId: '' }]) {
      expect(await codeOf(store.headUpload(call, { ...upload, ...wrong }))).toBe('NoSuchUpload');
    }
  },
  async 'an upload to another user’s bucket is not shown'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    expect(await codeOf(store.headUpload(fixture.stranger, upload))).toBe('AccessDenied');
  },
  async 'an upload of parts as many as may be'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    const last = await store.putPart(call, upload, 10_000, bodyOf('only'));
    await store.completeUpload(call, upload, [last], {});
    expect(await fixture.head('k')).toMatchObject({ partsCount: 1, sizeBytes: 4 });
    expect(await fixture.text('k')).toBe('only');
  },
};
