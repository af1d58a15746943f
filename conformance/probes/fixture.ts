import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type ListMultipartUploadsCommandOutput,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { isSuccess } from '../engine/cause.ts';
import type { CaseContext } from '../engine/case-context.ts';
import type { Exchange } from '../engine/exchange.ts';
import { CaseBlocked } from '../engine/failure.ts';
import type { ProbeAim } from './inputs.ts';

/** A bucket with one object in it, and an empty bucket: what a probe must leave as it was. */
export interface Fixture extends ProbeAim {
  readonly emptyBucket: string;
}

export const fixtureBody = 'fixture: these bytes, metadata and tags must survive\n';
const key = 'fixture/kept.txt';
const metadata = { origin: 'conformance' };
const tagging = 'fixture=kept';

/** What one can see of a fixture, comparable by value. */
export type Snapshot = Readonly<Record<string, unknown>>;

/** Makes the fixture, and checks that it reads back: on a server where it does not, nothing can be said about harm. */
export async function makeFixture(t: CaseContext): Promise<Fixture> {
  const [bucket, emptyBucket] = await Promise.all([t.bucket(), t.bucket()]);
  try {
    await t.put(bucket, key, fixtureBody, { contentType: 'text/plain', metadata, tagging });
  } catch (error) {
    if (!(error instanceof CaseBlocked)) throw error;
    await t.put(bucket, key, fixtureBody, { contentType: 'text/plain', metadata });
  }
  const fixture = { bucket, key, emptyBucket };
  const found = await t.setup(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if ((await found.Body?.transformToString()) !== fixtureBody)
    throw new CaseBlocked('set-up: the fixture does not read back');
  return fixture;
}

const seenHeaders = ['content-type', 'content-length', 'etag', 'last-modified', 'x-amz-meta-origin'];

function seenObject(exchange: Exchange<unknown>): Snapshot {
  const { response } = exchange;
  const headers = seenHeaders.map((name) => response?.headers[name]);
  return { status: response?.status, headers, body: response?.body.toString('base64') };
}

/** Reads all of the fixture that probes compare. What the server has not (tags, say) is the same before and after. */
export async function takeSnapshot(look: Look, fixture: Fixture): Promise<Snapshot> {
  const { bucket, emptyBucket } = fixture;
  const answered: Look = async (command) => {
    const exchange = await look(command);
    // Silence is no sign of damage.
    if (exchange.response === undefined) throw new CaseBlocked('reading back: no answer', exchange.noResponse);
    return exchange;
  };
  const list = new ListObjectsV2Command({ Bucket: bucket });
  const listEmpty = new ListObjectsV2Command({ Bucket: emptyBucket });
  const [object, tags, listed, listedEmpty, head, uploads, uploadsOfEmpty] = await Promise.all([
    answered(new GetObjectCommand({ Bucket: bucket, Key: key })),
    answered(new GetObjectTaggingCommand({ Bucket: bucket, Key: key })),
    answered(list),
    answered(listEmpty),
    answered(new HeadBucketCommand({ Bucket: emptyBucket })),
    answered(new ListMultipartUploadsCommand({ Bucket: bucket })),
    answered(new ListMultipartUploadsCommand({ Bucket: emptyBucket })),
  ]);
  return {
    object: seenObject(object),
    tags: isSuccess(tags) ? tags.output?.TagSet : undefined,
    keys: seenKeys(listed),
    uploads: [seenUploads(uploads), seenUploads(uploadsOfEmpty)],
    'empty bucket': [listedEmpty.response?.status, head.response?.status, seenKeys(listedEmpty)],
  };
}

function seenKeys(listed: Exchange<ListObjectsV2CommandOutput>): unknown {
  return isSuccess(listed)
    ? (listed.output?.Contents ?? []).map(({ Key, Size, ETag }) => [Key, Size, ETag])
    : undefined;
}

function seenUploads(listed: Exchange<ListMultipartUploadsCommandOutput>): unknown {
  return isSuccess(listed) ? (listed.output?.Uploads ?? []).map(({ Key, UploadId }) => [Key, UploadId]) : undefined;
}

type Look = CaseContext['look'];
