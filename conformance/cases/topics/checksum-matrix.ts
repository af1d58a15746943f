import {
  CopyObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineTable } from '../../engine/define-case.ts';
import { checksumAlgorithms, checksumOf, type ChecksumAlgorithm } from '../../fixtures/digests.ts';
import { expectParts, sendPartWithChecksum, startUpload, withoutChecksum } from '../../fixtures/multipart.ts';

const described = {
  feature: 'checksum',
  level: 'core',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html',
} as const;
const trailing = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html';

const body = 'the body';
const low = (algorithm: ChecksumAlgorithm): string => algorithm.toLowerCase();
const others = (...known: ChecksumAlgorithm[]): ChecksumAlgorithm[] =>
  checksumAlgorithms.filter((one) => !known.includes(one));

/** Set-up: an object whose checksum is of this algorithm. */
async function bucketWithObject(t: CaseContext, algorithm: ChecksumAlgorithm): Promise<string> {
  const bucket = await t.bucket();
  const checksum = { [`Checksum${algorithm}`]: checksumOf(algorithm, body) };
  await t.setup(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body, ...checksum }));
  return bucket;
}

defineTable(others('SHA256'), (algorithm) => ({
  ...described,
  id: `GetObject.checksum.${low(algorithm)}-asked-for`,
  title: `x-amz-checksum-mode: ENABLED gives the ${algorithm} of the object, and no other checksum`,
  operation: 'GetObject',
  run: async (t) => {
    const bucket = await bucketWithObject(t, algorithm);
    const subject = await t.subject(new GetObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    const output = subject.expectOk();
    t.expectEqual(output[`Checksum${algorithm}`], checksumOf(algorithm, body), 'checksum', 'wrong-header');
    const more = others(algorithm).filter((one) => output[`Checksum${one}`] !== undefined);
    t.expectEqual(more, [], 'checksums of other algorithms', 'wrong-header');
    subject.expectBody(body);
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...described,
  id: `HeadObject.checksum.${low(algorithm)}-asked-for`,
  title: `x-amz-checksum-mode: ENABLED gives the ${algorithm} of the object without its bytes`,
  operation: 'HeadObject',
  run: async (t) => {
    const bucket = await bucketWithObject(t, algorithm);
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    const output = subject.expectOk();
    t.expectEqual(output[`Checksum${algorithm}`], checksumOf(algorithm, body), 'checksum', 'wrong-header');
    t.expectEqual(output.ChecksumType, 'FULL_OBJECT', 'x-amz-checksum-type', 'wrong-header');
  },
}));

defineTable(others('CRC32'), (algorithm) => ({
  ...described,
  id: `GetObjectAttributes.checksum.${low(algorithm)}`,
  title: `the attribute Checksum is the ${algorithm} that the object was written with`,
  operation: 'GetObjectAttributes',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html',
  run: async (t) => {
    const bucket = await bucketWithObject(t, algorithm);
    const ask = new GetObjectAttributesCommand({ Bucket: bucket, Key: 'k', ObjectAttributes: ['Checksum'] });
    const { Checksum } = (await t.subject(ask)).expectOk();
    t.expectEqual(Checksum?.[`Checksum${algorithm}`], checksumOf(algorithm, body), 'checksum');
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...described,
  id: `CopyObject.checksum.${low(algorithm)}-of-source`,
  title: `a copy keeps the algorithm of its source (${algorithm}), and its value is right`,
  operation: 'CopyObject',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html',
  run: async (t) => {
    const bucket = await bucketWithObject(t, algorithm);
    const copy = await t.subject(new CopyObjectCommand({ Bucket: bucket, Key: 'target', CopySource: `${bucket}/k` }));
    copy.expectOk();
    const head = new HeadObjectCommand({ Bucket: bucket, Key: 'target', ChecksumMode: 'ENABLED' });
    const { output } = await t.observe(head);
    t.expectEqual(output?.[`Checksum${algorithm}`], checksumOf(algorithm, body), 'checksum of the copy', 'ignored');
  },
}));

defineTable(others('SHA256'), (algorithm) => ({
  ...described,
  id: `CopyObject.checksum.${low(algorithm)}-asked-for`,
  title: `a copy can be given a ${algorithm} where its source has another checksum`,
  operation: 'CopyObject',
  level: 'extended',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html',
  run: async (t) => {
    const bucket = await bucketWithObject(t, 'SHA256');
    const input = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/k`, ChecksumAlgorithm: algorithm };
    const { CopyObjectResult } = (await t.subject(new CopyObjectCommand(input))).expectOk();
    t.expectEqual(CopyObjectResult?.[`Checksum${algorithm}`], checksumOf(algorithm, body), 'checksum');
  },
}));

/** Those whose checksum of the whole can be made of those of the parts: CRC64NVME has no composite form. */
defineTable(others('SHA256', 'CRC64NVME'), (algorithm) => ({
  ...described,
  id: `UploadPart.checksum.${low(algorithm)}-right`,
  title: `the ${algorithm} of a part is given back, and listed with it`,
  operation: 'UploadPart',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: algorithm });
    const name = `Checksum${algorithm}` as const;
    const value = checksumOf(algorithm, body);
    const subject = await t.subject(new UploadPartCommand({ ...upload, PartNumber: 1, Body: body, [name]: value }));
    t.expectEqual(subject.expectOk()[name], value, name, 'wrong-header');
    const { output } = await t.observe(new ListPartsCommand(upload));
    t.expectEqual(output?.Parts?.[0]?.[name], value, `${name} of the listed part`, 'ignored');
  },
}));

defineTable(others('CRC32'), (algorithm) => ({
  ...described,
  id: `UploadPart.checksum.${low(algorithm)}-wrong`,
  title: `a part whose ${algorithm} is of other bytes is refused, and the one before stays`,
  operation: 'UploadPart',
  severity: 'critical',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: algorithm });
    await sendPartWithChecksum(t, upload, { algorithm, partNumber: 1, body: 'before' });
    const checksum = { [`Checksum${algorithm}`]: checksumOf(algorithm, 'other bytes') };
    const part = new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'these bytes', ...checksum });
    (await t.subject(part)).expectError({ status: 400, code: 'BadDigest' });
    await expectParts(t, upload, [[1, 6]]);
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...described,
  id: `UploadPart.checksum.${low(algorithm)}-trailer-wrong`,
  title: `a part whose ${algorithm} in the trailer is of other bytes is refused, and the one before stays`,
  operation: 'UploadPart',
  severity: 'critical',
  reference: trailing,
  transport: 'raw',
  run: async (t) => {
    const bucket = await t.bucket();
    const upload = await startUpload(t, bucket, { ChecksumAlgorithm: algorithm });
    await sendPartWithChecksum(t, upload, { algorithm, partNumber: 1, body: 'before' });
    const trailers = [[`x-amz-checksum-${low(algorithm)}`, checksumOf(algorithm, 'other bytes')]] as const;
    const subject = await t.raw({
      method: 'PUT',
      path: t.path(bucket, 'k'),
      query: [
        ['partNumber', '1'],
        ['uploadId', upload.UploadId],
      ],
      body,
      awsChunked: { form: 'unsigned-trailer', trailers },
    });
    subject.expectError({ status: 400, code: 'BadDigest' });
    await expectParts(t, upload, [[1, 6]]);
  },
}));

defineTable(checksumAlgorithms, (algorithm) => ({
  ...described,
  id: `PutObject.checksum.${low(algorithm)}-of-no-bytes`,
  title: `an empty object has a ${algorithm} too, and a wrong one is refused`,
  operation: 'PutObject',
  level: 'extended',
  run: async (t) => {
    const bucket = await t.bucket();
    const name = `Checksum${algorithm}` as const;
    const empty = { Bucket: bucket, Key: 'k', Body: '' };
    const value = checksumOf(algorithm, '');
    const right = await t.subject(new PutObjectCommand({ ...empty, [name]: value }), withoutChecksum);
    t.expectEqual(right.expectOk()[name], value, name, 'wrong-header');
    const other = { ...empty, Key: 'other', [name]: checksumOf(algorithm, 'v') };
    const wrong = await t.subject(new PutObjectCommand(other), withoutChecksum);
    wrong.expectError({ status: 400, code: 'BadDigest' });
    await t.expectKeys(bucket, ['k']);
  },
}));
