import { GetObjectAttributesCommand, HeadObjectCommand, type CompletedPart } from '@aws-sdk/client-s3';
import type { CaseContext } from '../../engine/case-context.ts';
import { defineCase, defineTable } from '../../engine/define-case.ts';
import { checksumOf, compositeChecksum, type ChecksumAlgorithm } from '../../fixtures/digests.ts';
import {
  complete,
  completion,
  sendPartWithChecksum,
  startUpload,
  type StartedUpload,
} from '../../fixtures/multipart.ts';

const described = {
  operation: 'CompleteMultipartUpload',
  feature: 'checksum',
  level: 'core',
  severity: 'critical',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html',
} as const;
const body = 'the only part';

interface Sent {
  readonly bucket: string;
  readonly upload: StartedUpload;
  readonly part: CompletedPart;
}

/** Set-up: an upload with one part, which came with its checksum. */
async function uploadOfOnePart(
  t: CaseContext,
  algorithm: ChecksumAlgorithm,
  ChecksumType: 'COMPOSITE' | 'FULL_OBJECT',
): Promise<Sent> {
  const bucket = await t.bucket();
  const upload = await startUpload(t, bucket, { ChecksumAlgorithm: algorithm, ChecksumType });
  return { bucket, upload, part: await sendPartWithChecksum(t, upload, { algorithm, partNumber: 1, body }) };
}

const composites = ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const;

defineTable(composites, (algorithm) => ({
  ...described,
  id: `CompleteMultipartUpload.checksum.composite-${algorithm.toLowerCase()}-sent`,
  title: `a composite ${algorithm} of the whole that is right is given back, and kept`,
  run: async (t) => {
    const { bucket, upload, part } = await uploadOfOnePart(t, algorithm, 'COMPOSITE');
    const name = `Checksum${algorithm}` as const;
    const value = compositeChecksum(algorithm, [body]);
    const subject = await complete(t, upload, [part], { [name]: value, ChecksumType: 'COMPOSITE' });
    const output = subject.expectOk();
    t.expectEqual(output[name], value, name);
    t.expectEqual(output.ChecksumType, 'COMPOSITE', 'ChecksumType');
    const head = await t.observe(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    t.expectEqual(head.output?.[name], value, `${name} of the object`, 'ignored');
  },
}));

defineTable(composites, (algorithm) => ({
  ...described,
  id: `CompleteMultipartUpload.checksum.composite-${algorithm.toLowerCase()}-wrong`,
  title: `a composite ${algorithm} of the whole that is wrong is refused, and no object is made`,
  run: async (t) => {
    const { bucket, upload, part } = await uploadOfOnePart(t, algorithm, 'COMPOSITE');
    const wrong = { [`Checksum${algorithm}`]: compositeChecksum(algorithm, ['another part']) };
    const subject = await complete(t, upload, [part], { ...wrong, ChecksumType: 'COMPOSITE' });
    subject.expectError({ status: 400, code: 'BadDigest' });
    await t.expectAbsent(bucket, 'k');
  },
}));

const fullObject = ['CRC32C', 'CRC64NVME'] as const;

defineTable(fullObject, (algorithm) => ({
  ...described,
  id: `CompleteMultipartUpload.checksum.full-object-${algorithm.toLowerCase()}-wrong`,
  title: `a ${algorithm} of other bytes for the full object is refused, and no object is made`,
  run: async (t) => {
    const { bucket, upload, part } = await uploadOfOnePart(t, algorithm, 'FULL_OBJECT');
    const wrong = { [`Checksum${algorithm}`]: checksumOf(algorithm, 'other bytes') };
    const subject = await complete(t, upload, [part], { ...wrong, ChecksumType: 'FULL_OBJECT' });
    subject.expectError({ status: 400, code: 'BadDigest' });
    await t.expectAbsent(bucket, 'k');
  },
}));

defineTable(['CRC32', 'CRC32C', 'SHA1'] as const, (algorithm) => ({
  ...described,
  id: `CompleteMultipartUpload.checksum.part-${algorithm.toLowerCase()}-wrong`,
  title: `a part named with a ${algorithm} that is not its own is refused, and no object is made`,
  run: async (t) => {
    const { bucket, upload, part } = await uploadOfOnePart(t, algorithm, 'COMPOSITE');
    const other = { ...part, [`Checksum${algorithm}`]: checksumOf(algorithm, 'another part') };
    const subject = await complete(t, upload, [other]);
    subject.expectError({ status: 400, code: 'InvalidPart' });
    await t.expectAbsent(bucket, 'k');
  },
}));

defineTable(composites, (algorithm) => ({
  ...described,
  operation: 'HeadObject',
  id: `HeadObject.checksum.composite-${algorithm.toLowerCase()}`,
  title: `the ${algorithm} of an object of parts is composite, and says of how many`,
  severity: 'major',
  run: async (t) => {
    const { bucket, upload, part } = await uploadOfOnePart(t, algorithm, 'COMPOSITE');
    await t.setup(completion(upload, [part]));
    const subject = await t.subject(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    subject.expectOk();
    subject.expectHeader(`x-amz-checksum-${algorithm.toLowerCase()}`, compositeChecksum(algorithm, [body]));
    subject.expectHeader('x-amz-checksum-type', 'COMPOSITE');
  },
}));

defineCase({
  ...described,
  operation: 'GetObjectAttributes',
  id: 'GetObjectAttributes.checksum.of-each-part',
  title: 'the attribute ObjectParts has the checksum of each part of a composite object',
  severity: 'major',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html',
  clients: ['mountpoint'],
  run: async (t) => {
    const { bucket, upload, part } = await uploadOfOnePart(t, 'CRC32C', 'COMPOSITE');
    await t.setup(completion(upload, [part]));
    const ask = new GetObjectAttributesCommand({ Bucket: bucket, Key: 'k', ObjectAttributes: ['ObjectParts'] });
    const { ObjectParts } = (await t.subject(ask)).expectOk();
    const found = ObjectParts?.Parts?.map((one) => [one.PartNumber, one.Size, one.ChecksumCRC32C]);
    t.expectEqual(found, [[1, body.length, checksumOf('CRC32C', body)]], 'parts');
  },
});
