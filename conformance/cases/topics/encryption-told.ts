import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { OperationName } from '../../catalogue.ts';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import type { Subject } from '../../engine/subject.ts';
import { completion, sendPart, startUpload, type StartedUpload } from '../../fixtures/multipart.ts';

interface Scene {
  readonly t: CaseContext;
  readonly Bucket: string;
  readonly upload: StartedUpload;
}

type Encrypted = Readonly<Record<'ServerSideEncryption' | 'BucketKeyEnabled', unknown>>;

/** The subject, and the key of the object it is about; an upload is completed before that is looked at. */
type Answer = readonly [OperationName, string, (scene: Scene) => Promise<Subject<unknown>>];

const source = ({ Bucket }: Scene): string => `${Bucket}/k`;

const answers: readonly Answer[] = [
  ['PutObject', 'new', ({ t, Bucket }) => t.subject(new PutObjectCommand({ Bucket, Key: 'new', Body: 'v' }))],
  ['GetObject', 'k', ({ t, Bucket }) => t.subject(new GetObjectCommand({ Bucket, Key: 'k' }))],
  ['HeadObject', 'k', ({ t, Bucket }) => t.subject(new HeadObjectCommand({ Bucket, Key: 'k' }))],
  [
    'CopyObject',
    'new',
    (scene) => scene.t.subject(new CopyObjectCommand({ Bucket: scene.Bucket, Key: 'new', CopySource: source(scene) })),
  ],
  [
    'CreateMultipartUpload',
    'part',
    ({ t, Bucket }) => t.subject(new CreateMultipartUploadCommand({ Bucket, Key: 'begun' })),
  ],
  ['UploadPart', 'part', ({ t, upload }) => t.subject(new UploadPartCommand({ ...upload, PartNumber: 2, Body: 'v' }))],
  [
    'UploadPartCopy',
    'part',
    (scene) =>
      scene.t.subject(new UploadPartCopyCommand({ ...scene.upload, PartNumber: 2, CopySource: source(scene) })),
  ],
];

const told = ({ ServerSideEncryption, BucketKeyEnabled = false }: Encrypted): unknown => [
  ServerSideEncryption,
  BucketKeyEnabled,
];

const described = {
  feature: 'server-side-encryption',
  level: 'extended',
  severity: 'major',
  title: 'the answer tells the encryption that the object has then, and no other',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html',
} as const;

defineTable(answers, ([operation, key, send]) => ({
  ...described,
  id: `${operation}.server-side-encryption.told-alike`,
  operation,
  run: async (t) => {
    const Bucket = await t.bucket();
    await t.put(Bucket, 'k', 'v');
    const upload = await startUpload(t, Bucket, { Key: 'part' });
    const part = await sendPart(t, upload, 1, 'v');
    const subject = await send({ t, Bucket, upload });
    const answer = told(subject.expectOk() as Encrypted);
    if (key === 'part') await t.setup(completion(upload, [part]));
    const { output } = await t.observe(new GetObjectCommand({ Bucket, Key: key }));
    t.expectMatch(output?.ETag, /\S/, 'ETag', 'wrong-header');
    t.expectEqual(answer, output === undefined ? undefined : told(output as Encrypted), 'encryption', 'wrong-header');
  },
}));

defineCase({
  ...described,
  id: 'CompleteMultipartUpload.server-side-encryption.told-alike',
  operation: 'CompleteMultipartUpload',
  run: async (t) => {
    const Bucket = await t.bucket();
    const upload = await startUpload(t, Bucket);
    const Parts = [await sendPart(t, upload, 1, 'v')];
    const command = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
    const answer = told((await t.subject(command)).expectOk() as Encrypted);
    const { output } = await t.observe(new HeadObjectCommand({ Bucket, Key: 'k' }));
    t.expectMatch(output?.ETag, /-1"$/, 'ETag', 'wrong-header');
    t.expectEqual(answer, output === undefined ? undefined : told(output as Encrypted), 'encryption', 'wrong-header');
  },
});
