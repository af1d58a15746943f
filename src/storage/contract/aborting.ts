import { expect } from '@jest/globals';
import { S3Error } from '../../errors/s3-error.ts';
import { bodyOf, patterned } from './body.ts';
import type { Theme } from './describe-object-store.ts';
import { codeOf, plainDraft } from './fixture.ts';

const failure = new S3Error('BadDigest');

export const aborting: Theme = {
  async 'a body that ends badly leaves nothing'(fixture) {
    const { store, call } = fixture;
    const ref = fixture.ref('k');
    for (const size of [10, 300_000]) {
      for (const sizeKnown of [true, false]) {
        const body = bodyOf(patterned(size), { failure, sizeKnown });
        expect(await codeOf(store.putObject(call, ref, plainDraft, body))).toBe('BadDigest');
        expect(await codeOf(fixture.head('k'))).toBe('NoSuchKey');
      }
    }
  },
  async 'and the object before it as it was'(fixture) {
    await fixture.put('k', 'before');
    const body = bodyOf(patterned(300_000), { failure });
    expect(await codeOf(fixture.store.putObject(fixture.call, fixture.ref('k'), plainDraft, body))).toBe('BadDigest');
    expect(await fixture.text('k')).toBe('before');
  },
  async 'a part that ends badly leaves the part before it'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    const part = await store.putPart(call, upload, 1, bodyOf('before'));
    const body = bodyOf(patterned(300_000), { failure });
    expect(await codeOf(store.putPart(call, upload, 1, body))).toBe('BadDigest');
    expect((await store.listParts(call, upload, { after: 0, limit: 10 })).parts).toEqual([part]);
  },
  async 'an aborted upload is gone'(fixture) {
    const { store, call } = fixture;
    const upload = await store.createUpload(call, fixture.ref('k'), plainDraft);
    await store.putPart(call, upload, 1, bodyOf(patterned(300_000)));
    await store.abortUpload(call, upload);
    expect(await codeOf(store.abortUpload(call, upload))).toBe('NoSuchUpload');
    expect(await codeOf(store.putPart(call, upload, 2, bodyOf('late')))).toBe('NoSuchUpload');
    expect(await codeOf(store.completeUpload(call, upload, [], {}))).toBe('NoSuchUpload');
    expect(await codeOf(fixture.head('k'))).toBe('NoSuchKey');
  },
};
