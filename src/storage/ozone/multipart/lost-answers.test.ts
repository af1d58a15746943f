import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import Long from 'long';
import { multipartEtag } from '../../../s3/multipart-digest.ts';
import { bodyOf } from '../../contract/body.ts';
import { callAs, codeOf } from '../../contract/fixture.ts';
import type { CompleteOptions, PutResult } from '../../values.ts';
import type { Internals } from '../internals.ts';
import type { OmCommand } from '../om/commands.ts';
import { OmError, OmOutcomeUnknown } from '../om/om-error.ts';
import { completeUpload } from './completing.ts';
import { findRecordOfUpload, recordsAmong, toAcl } from './completion-record.ts';
import { putPart } from './part-writing.ts';

const omId = '0f8fad5b-d9cb-469f-a165-70867728950e-117617281384448000';
const md5 = 'd41d8cd98f00b204e9800998ecf8427e';
const omEtag = `${md5}.CRC32=AAAAAA==`;
const completedEtag = `${createHash('md5').update(omEtag).digest('hex')}-1`;
const older = toAcl({
  etag: 'e-1',
  uploadId: 'older',
  namedParts: 'n-1',
  sizeBytes: 1,
  checksum: undefined,
  partChecksums: [],
});

type Answer = (request: never) => unknown;

/** An OM with one upload of one part, whose answers a test can replace, one time each. */
class FakeOm {
  readonly asked: OmCommand[] = [];
  readonly instead: [OmCommand, Answer][] = [];
  parts: { partNumber: number; eTag: string; size: Long; modificationTime: Long }[] | undefined = [
    { partNumber: 1, eTag: omEtag, size: Long.fromNumber(7), modificationTime: Long.fromNumber(1000) },
  ];
  key: { etag: string; acls: { name: string }[]; generation: number } | undefined;

  readonly #answers: Partial<Record<OmCommand, Answer>> = {
    ListMultiPartUploadParts: () => ({ partsList: this.#requireParts(), isTruncated: false }),
    GetKeyInfo: () => this.#keyInfo(),
    CompleteMultiPartUpload: () => this.complete(),
    CreateKey: () => ({ keyInfo: { keyLocationList: [], fileEncryptionInfo: null }, ID: Long.ONE }),
    CommitMultiPartUpload: (request: { keyArgs: { metadata: { value: string }[] } }) => {
      this.store(request.keyArgs.metadata[0]?.value ?? '');
    },
    AddAcl: ({ acl }: { acl: { name: string } }) => void this.key?.acls.push(acl),
    RemoveAcl: ({ acl }: { acl: { name: string } }) => {
      if (this.key !== undefined) this.key.acls = this.key.acls.filter(({ name }) => name !== acl.name);
    },
  };

  async call(_: unknown, command: OmCommand, request: unknown): Promise<unknown> {
    this.asked.push(command);
    const index = this.instead.findIndex(([replaced]) => replaced === command);
    const answer = index === -1 ? this.#answers[command] : this.instead.splice(index, 1)[0]?.[1];
    if (answer === undefined) throw new Error(`${command} is not asked here`);
    return await Promise.resolve(answer(request as never));
  }

  s3Context() {
    return Promise.resolve({ volume: 's3v', userPrincipal: 'ada' });
  }

  complete() {
    this.#requireParts();
    this.parts = undefined;
    this.key = { etag: completedEtag, acls: this.key?.acls ?? [], generation: 9 };
    return { volume: 's3v', bucket: 'b', key: 'k', hash: completedEtag };
  }

  store(eTag: string): void {
    this.parts = [{ partNumber: 1, eTag, size: Long.fromNumber(7), modificationTime: Long.fromNumber(2000) }];
  }

  #requireParts() {
    if (this.parts === undefined) throw refusal('NO_SUCH_MULTIPART_UPLOAD_ERROR');
    return this.parts;
  }

  #keyInfo() {
    if (this.key === undefined) throw refusal('KEY_NOT_FOUND');
    const { etag, acls, generation } = this.key;
    const names = { volumeName: 's3v', bucketName: 'b', keyName: 'k', isFile: true };
    const numbers = { modificationTime: Long.fromNumber(Date.now()), updateID: Long.fromNumber(generation) };
    return { keyInfo: { ...names, ...numbers, acls, metadata: [{ key: 'ETag', value: etag }] } };
  }
}

function refusal(status: string): OmError {
  return new OmError('CompleteMultiPartUpload', status, 'refused');
}

function lost(command: OmCommand): never {
  throw new OmOutcomeUnknown(command);
}

let om: FakeOm;
let internals: Internals;
const upload = { bucket: 'b', key: 'k', uploadId: omId };
const checksum = { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'AAAAAA==' };
const result = { etag: completedEtag, sizeBytes: 7, checksum };

function complete(options: CompleteOptions = {}, key = 'k'): Promise<PutResult> {
  const parts = [{ partNumber: 1, etag: md5 }];
  return completeUpload(internals, callAs('ada'), { ...upload, key }, { parts, options });
}

beforeEach(() => {
  om = new FakeOm();
  internals = {
    om,
    buckets: { recent: () => Promise.resolve({ owner: 'ada' }) },
    datanodes: {
      async write({ chunks }: { chunks: AsyncIterable<Uint8Array> }) {
        for await (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0);
        return [];
      },
    },
  } as unknown as Internals;
});

describe('a completion', () => {
  it('leaves its record, in the place of older ones', async () => {
    om.key = { etag: md5, acls: [{ name: 'user' }, older], generation: 3 };
    expect(await complete()).toEqual(result);
    const record = findRecordOfUpload(om.key.acls as never, omId);
    expect(record).toMatchObject({
      etag: completedEtag,
      namedParts: multipartEtag([md5]),
      partChecksums: ['AAAAAA=='],
    });
    expect(recordsAmong(om.key.acls as never)).toHaveLength(1);
  });

  it('was done when its answer is lost, and is not done again', async () => {
    om.instead.push([
      'CompleteMultiPartUpload',
      () => {
        om.complete();
        return lost('CompleteMultiPartUpload');
      },
    ]);
    expect(await complete({ condition: { ifNoneMatch: '*' } })).toEqual(result);
    expect(om.asked.filter((command) => command === 'CompleteMultiPartUpload')).toHaveLength(1);
    expect(om.asked).toContain('AddAcl');
  });

  it('is done again when it was not done', async () => {
    om.instead.push(['CompleteMultiPartUpload', () => lost('CompleteMultiPartUpload')]);
    expect(await complete()).toEqual(result);
    expect(om.asked.filter((command) => command === 'CompleteMultiPartUpload')).toHaveLength(2);
  });

  it('of which nothing is known, and no upload either, is none', async () => {
    om.instead.push([
      'CompleteMultiPartUpload',
      () => {
        om.parts = undefined;
        return lost('CompleteMultiPartUpload');
      },
    ]);
    expect(await codeOf(complete())).toBe('NoSuchUpload');
  });

  it('succeeds without a record', async () => {
    for (const command of ['AddAcl', 'RemoveAcl'] as const) {
      om = Object.assign(om, new FakeOm());
      om.key = { etag: md5, acls: [older], generation: 3 };
      om.instead.push([command, () => Promise.reject(refusal('PERMISSION_DENIED'))]);
      expect(await complete()).toEqual(result);
    }
  });

  it('keeps its hands off the ACLs of another key', async () => {
    om.instead.push(['CompleteMultiPartUpload', () => ({ ...om.complete(), key: '/k' })]);
    expect(await complete({}, '/k')).toEqual(result);
    expect(om.asked).not.toContain('AddAcl');
  });

  it('refuses a part that was replaced while it was about to take it', async () => {
    om.instead.push([
      'CompleteMultiPartUpload',
      () => {
        om.store(`${'0'.repeat(32)}.CRC32=AAAAAA==`);
        return Promise.reject(refusal('INVALID_PART'));
      },
    ]);
    expect(await codeOf(complete())).toBe('InvalidPart');
  });

  it('over any object is tried again when that changes', async () => {
    const condition = { ifMatch: '*' };
    expect(await codeOf(complete({ condition }))).toBe('NoSuchKey');
    om.key = { etag: md5, acls: [], generation: 3 };
    om.instead.push(['CompleteMultiPartUpload', () => Promise.reject(refusal('KEY_NOT_FOUND'))]);
    expect(await complete({ condition })).toEqual(result);
  });
});

describe('a part', () => {
  const put = () => putPart(internals, callAs('ada'), upload, { partNumber: 1, body: bodyOf('content') });

  it('was stored when the answer is lost', async () => {
    om.instead.push([
      'CommitMultiPartUpload',
      ({ keyArgs }: { keyArgs: { metadata: { value: string }[] } }) => {
        om.store(keyArgs.metadata[0]?.value ?? '');
        return lost('CommitMultiPartUpload');
      },
    ]);
    expect(await put()).toMatchObject({ partNumber: 1, sizeBytes: 7, lastModified: new Date(2000) });
  });

  it('was not stored when another is there', async () => {
    om.instead.push(['CommitMultiPartUpload', () => lost('CommitMultiPartUpload')]);
    expect(await codeOf(put())).toBe('ServiceUnavailable');
  });

  it('was stored when the upload ends a moment later', async () => {
    om.instead.push(['CommitMultiPartUpload', () => (om.parts = undefined)]);
    expect(await put()).toMatchObject({ partNumber: 1, sizeBytes: 7 });
  });

  it('of an upload that ends while it is written has none', async () => {
    for (const status of ['NO_SUCH_MULTIPART_UPLOAD_ERROR', 'KEY_NOT_FOUND']) {
      om.instead.push(['CommitMultiPartUpload', () => Promise.reject(refusal(status))]);
      expect(await codeOf(put())).toBe('NoSuchUpload');
    }
  });
});
