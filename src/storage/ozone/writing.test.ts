import { beforeEach, describe, expect, it } from '@jest/globals';
import Long from 'long';
import { bodyOf } from '../contract/body.ts';
import { callAs, codeOf } from '../contract/fixture.ts';
import type { PutResult, WriteCondition } from '../values.ts';
import type { BlocksToWrite } from './block-io.ts';
import type { Internals } from './internals.ts';
import { shownEtag } from './key-info.ts';
import type { OmCommand } from './om/commands.ts';
import { OmError } from './om/om-error.ts';
import { toS3Error } from './om/om-status.ts';
import type { KeyInfo } from './proto/om.ts';
import { bucketLayout } from './proto/om.ts';
import { putObject } from './writing.ts';

/** As it is when no gateway wrote it: without an ETag. */
const found = {
  keyName: 'k',
  dataSize: Long.fromNumber(7),
  creationTime: Long.fromNumber(1000),
  modificationTime: Long.fromNumber(2000),
  updateID: Long.fromNumber(42),
  metadata: [],
} as unknown as KeyInfo;

interface CreateKey {
  readonly keyArgs: { readonly expectedETag?: string; readonly expectedDataGeneration?: Long };
}

/** What the OM answers, or with which status it refuses. */
let answers: Partial<Record<OmCommand, unknown>>;
let created: CreateKey['keyArgs'][];
let internals: Internals;

function call(_: unknown, command: OmCommand, request: CreateKey): Promise<unknown> {
  if (command === 'CreateKey') {
    created.push(request.keyArgs);
    if (request.keyArgs.expectedETag !== undefined) throw new OmError(command, 'ETAG_NOT_AVAILABLE', 'refused');
  }
  const answer = answers[command];
  if (typeof answer === 'string') throw new OmError(command, answer, 'refused');
  return Promise.resolve(answer);
}

beforeEach(() => {
  created = [];
  answers = {
    CreateKey: { keyInfo: { keyLocationList: [], fileEncryptionInfo: null }, ID: Long.ONE },
    GetKeyInfo: { keyInfo: found },
    CommitKey: {},
  };
  internals = {
    om: { call, s3Context: () => Promise.resolve({ volume: 's3v', userPrincipal: 'ada' }) },
    buckets: {
      recent: () =>
        Promise.resolve({ bucketLayout: bucketLayout.objectStore, beinfo: null, metadata: [], owner: 'ada' }),
    },
    datanodes: {
      async write(blocks: BlocksToWrite) {
        for await (const chunk of blocks.chunks) expect(chunk.length).toBeGreaterThan(0);
        if ('AllocateBlock' in answers) await blocks.allocate({ datanodes: [], containerIds: [], pipelineIds: [] });
        return [];
      },
    },
    settings: { replication: undefined },
  } as unknown as Internals;
});

async function put(condition?: WriteCondition): Promise<PutResult> {
  const draft = { headers: {}, metadata: {}, tags: [], storageClass: 'STANDARD' };
  const about = { bucket: 'b', key: 'k', condition };
  return await putObject(internals, callAs('ada'), {
    ref: { bucket: 'b', key: 'k' },
    draft: draft,
    body: bodyOf('content'),
    condition,
  }).catch((error: unknown) => {
    throw toS3Error(error, about);
  });
}

describe('a PUT', () => {
  it.each(['KEY_NOT_FOUND', 'DIRECTORY_NOT_FOUND'])(
    'may be tried again when its place went while it was written: %s',
    async (status) => {
      answers.CommitKey = status;
      expect(await codeOf(put())).toBe('ServiceUnavailable');
      answers.CommitKey = {};
      answers.AllocateBlock = status;
      expect(await codeOf(put())).toBe('ServiceUnavailable');
    },
  );

  it('replaces a key that no gateway wrote, by the ETag that is shown of it', async () => {
    await put({ ifMatch: shownEtag(found) });
    expect(created.at(-1)).toMatchObject({ expectedDataGeneration: found.updateID });
    expect(created.at(-1)?.expectedETag).toBeUndefined();
  });

  it('does not replace it by another', async () => {
    expect(await codeOf(put({ ifMatch: '99991ac17d355ae791fdf2689da0d88c' }))).toBe('PreconditionFailed');
    expect(created).toHaveLength(1);
  });
});
