import type { DefectClass, Mutant } from '../mutant.ts';
import { condoned, inXml, misanswered, misread, overlooked, unchecked } from '../building-blocks.ts';
import type { S3Request } from '../s3-message.ts';

const badDigest = ['BadDigest', 'InvalidDigest'];
const withoutMd5 = (request: S3Request): S3Request => request.withHeader('content-md5');
const withoutChecksum = (request: S3Request): S3Request =>
  request.withoutHeaders(/^x-amz-checksum-|^x-amz-sdk-checksum/i);

const algorithm = 'x-amz-checksum-algorithm';
const withoutChecksums = inXml(/<Checksum(\w+)>[^<]*<\/Checksum\1>/g, '');

function algorithmUnchecked(name: string): Mutant {
  const header = `x-amz-checksum-${name}`;
  return {
    name: `${name}-unchecked`,
    defect: `takes a body whose ${name.toUpperCase()} is wrong`,
    caughtBy: `PutObject.checksum.${name}-wrong`,
    around: unchecked('PutObject', badDigest, (request) =>
      request.header(header) === undefined ? request : withoutChecksum(request),
    ),
  };
}

export const integrity: DefectClass = {
  title: 'checksums and digests',
  mutants: [
    {
      name: 'content-md5-unchecked',
      defect: 'takes a body whose Content-MD5 is wrong',
      caughtBy: 'PutObject.content-md5.wrong',
      around: unchecked('PutObject', ['BadDigest'], withoutMd5),
    },
    {
      name: 'content-md5-malformed-taken',
      defect: 'takes a Content-MD5 that is none',
      caughtBy: 'PutObject.content-md5.malformed',
      around: unchecked('PutObject', ['InvalidDigest'], withoutMd5),
    },
    ...['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'].map(algorithmUnchecked),
    {
      name: 'payload-hash-unchecked',
      defect: 'takes other bytes than the signed payload hash is of',
      caughtBy: 'PutObject.payload-hash.of-other-bytes',
      around: unchecked('PutObject', ['XAmzContentSHA256Mismatch']),
    },
    {
      name: 'checksum-not-kept',
      defect: 'does not keep the checksum of an object',
      caughtBy: 'GetObject.checksum.asked-for',
      alsoRun: ['HeadObject.checksum.*', 'GetObjectAttributes.checksum.*', 'CopyObject.checksum.*'],
      around: misread('PutObject', withoutChecksum),
    },
    {
      name: 'checksum-not-echoed',
      defect: 'does not answer a write with the checksum that it kept',
      caughtBy: 'PutObject.checksum.crc64nvme-right',
      around: misanswered('PutObject', (response) => response.withoutHeaders(/^x-amz-checksum-/i)),
    },
    {
      name: 'checksum-of-part-not-kept',
      defect: 'does not keep the checksum of a part',
      caughtBy: 'UploadPart.checksum.composite-sent',
      around: misanswered('UploadPart', (response) => response.withoutHeaders(/^x-amz-checksum-/i)),
    },
    {
      name: 'checksum-mode-overlooked',
      defect: 'gives no checksum when one is asked for',
      caughtBy: 'GetObject.checksum.asked-for',
      alsoRun: ['HeadObject.checksum.*'],
      around: overlooked(['GetObject', 'HeadObject'], 'x-amz-checksum-mode'),
    },
    {
      name: 'checksum-of-part-unchecked',
      defect: 'takes a part whose checksum is wrong',
      caughtBy: 'UploadPart.checksum.wrong',
      around: unchecked('UploadPart', badDigest, withoutChecksum),
    },
    {
      name: 'content-md5-of-part-unchecked',
      defect: 'takes a part whose Content-MD5 is wrong',
      caughtBy: 'UploadPart.content-md5.wrong',
      around: unchecked('UploadPart', badDigest, withoutMd5),
    },
    {
      name: 'content-md5-of-deletion-unchecked',
      defect: 'deletes by a list whose Content-MD5 is wrong',
      caughtBy: 'DeleteObjects.content-md5.wrong',
      around: unchecked('DeleteObjects', badDigest, withoutMd5),
    },
    {
      name: 'checksum-of-deletion-unchecked',
      defect: 'deletes by a list whose checksum is wrong',
      caughtBy: 'DeleteObjects.checksum.wrong',
      around: unchecked('DeleteObjects', badDigest, withoutChecksum),
    },
    {
      name: 'content-md5-of-tags-unchecked',
      defect: 'takes tags whose Content-MD5 is wrong',
      caughtBy: 'PutObjectTagging.error-shape.wrong-content-md5',
      around: unchecked('PutObjectTagging', badDigest, withoutMd5),
    },
    {
      name: 'checksum-of-upload-unchecked',
      defect: 'completes an upload whose checksum of the whole object is wrong',
      caughtBy: 'CompleteMultipartUpload.checksum.full-object-wrong',
      around: unchecked('CompleteMultipartUpload', badDigest, withoutChecksum),
    },
    {
      name: 'checksums-of-upload-condoned',
      defect: 'completes an upload, in name, whose checksums do not fit',
      caughtBy: 'CompleteMultipartUpload.checksum.part-crc32-wrong',
      around: condoned('CompleteMultipartUpload', [...badDigest, 'InvalidPart', 'InvalidRequest']),
    },
    {
      name: 'checksum-lost-on-completion',
      defect: 'does not tell the checksum of a completed upload',
      caughtBy: 'CompleteMultipartUpload.checksum.full-object-crc64nvme',
      alsoRun: ['HeadObject.checksum.*'],
      around: misanswered(['CompleteMultipartUpload', 'HeadObject'], (response) =>
        withoutChecksums(response.withoutHeaders(/^x-amz-checksum-/i)),
      ),
    },
    {
      name: 'checksum-lost-on-copy',
      defect: 'does not tell the checksum of a copy',
      caughtBy: 'CopyObject.checksum.crc32-asked-for',
      around: misanswered('CopyObject', withoutChecksums),
    },
    {
      name: 'algorithm-of-source-lost',
      defect: 'gives a copy another checksum than its source has',
      caughtBy: 'CopyObject.checksum.crc32-of-source',
      around: misread('CopyObject', (request) =>
        request.header(algorithm) === undefined ? request.withHeader(algorithm, 'CRC64NVME') : request,
      ),
    },
    {
      name: 'algorithm-of-checksum-overlooked',
      defect: 'gives a copy the checksum of its source whichever is asked for',
      caughtBy: 'CopyObject.checksum.sha256-asked-for',
      around: overlooked('CopyObject', algorithm),
    },
    {
      name: 'digest-of-documents-unchecked',
      defect: 'takes documents whose digest is wrong, or is none',
      caughtBy: 'PutBucketTagging.content-md5.wrong',
      alsoRun: ['PutBucketTagging.checksum.*', 'PutObjectTagging.checksum.*', '*.content-md5.*'],
      around: unchecked(
        ['PutBucketTagging', 'PutBucketAcl', 'PutObjectTagging', 'DeleteObjects'],
        badDigest,
        (request) => withoutChecksum(withoutMd5(request)),
      ),
    },
    {
      name: 'composite-checksum-without-count',
      defect: 'gives a composite checksum without the number of its parts',
      caughtBy: 'CompleteMultipartUpload.checksum.composite',
      around: misanswered('CompleteMultipartUpload', (response) =>
        response.withText((text) => text.replace(/(<Checksum\w+>[^<]+)-\d+</, '$1<')),
      ),
    },
  ],
};
