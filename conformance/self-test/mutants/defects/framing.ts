import type { DefectClass } from '../mutant.ts';
import { misanswered, misread, unchecked } from '../building-blocks.ts';
import type { S3Request } from '../s3-message.ts';

const isFramed = (request: S3Request): boolean =>
  request.header('x-amz-content-sha256')?.startsWith('STREAMING-') === true;

/** Checksums of the payload would no longer fit. */
const withPayload = (request: S3Request, body: Buffer): S3Request =>
  request.withoutHeaders(/^x-amz-(?:checksum-|sdk-checksum)/i).with({ body });

function framed(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
}

const firstChunkBytes = 65_536;

export const framing: DefectClass = {
  title: 'aws-chunked',
  mutants: [
    {
      name: 'framing-stored',
      defect: 'stores the frames of aws-chunked as part of the object',
      caughtBy: 'PutObject.aws-chunked.signed',
      alsoRun: ['aws-chunked', '*.of-a-stream', 'PutObject.checksum.*'],
      around: misread(['PutObject', 'UploadPart'], (request) =>
        isFramed(request) ? withPayload(request, framed(request.body)) : request,
      ),
    },
    {
      name: 'framing-of-trailers-stored',
      defect: 'stores the frames where the payload is unsigned and has a trailer',
      caughtBy: 'PutObject.aws-chunked.unsigned-trailer',
      around: misread('PutObject', (request) =>
        request.header('x-amz-content-sha256') === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
          ? withPayload(request, framed(request.body))
          : request,
      ),
    },
    {
      name: 'first-chunk-alone',
      defect: 'stores the first chunk of aws-chunked and loses the others',
      caughtBy: 'PutObject.aws-chunked.signed-trailer',
      around: misread('PutObject', (request) =>
        isFramed(request) ? withPayload(request, request.body.subarray(0, firstChunkBytes)) : request,
      ),
    },
    {
      name: 'chunk-signature-unchecked',
      defect: 'does not check the signatures of chunks',
      caughtBy: 'PutObject.aws-chunked.wrong-chunk-signature',
      alsoRun: ['UploadPart.aws-chunked.*'],
      around: unchecked(['PutObject', 'UploadPart'], ['SignatureDoesNotMatch']),
    },
    {
      name: 'broken-frames-taken',
      defect: 'stores what it could read of frames that are cut off, or are none',
      caughtBy: 'PutObject.aws-chunked.signed-cut-off-in-a-chunk',
      alsoRun: ['UploadPart.aws-chunked.*'],
      around: unchecked(['PutObject', 'UploadPart'], ['IncompleteBody', 'InvalidRequest'], (request) =>
        isFramed(request) ? withPayload(request, request.body) : request,
      ),
    },
    {
      name: 'broken-trailer-taken',
      defect: 'passes over a trailer that is none, or another one than was announced',
      caughtBy: 'PutObject.aws-chunked.unsigned-trailer-trailer-not-announced',
      around: unchecked('PutObject', ['MalformedTrailerError'], (request) => withPayload(request, request.body)),
    },
    {
      name: 'trailing-checksum-unchecked',
      defect: 'does not check a checksum that comes in the trailer',
      caughtBy: 'PutObject.checksum.crc32-trailer-wrong',
      around: unchecked('PutObject', ['BadDigest'], (request) =>
        isFramed(request) ? request.withoutHeaders(/^x-amz-checksum-/i) : request,
      ),
    },
    {
      name: 'trailing-checksum-lost',
      defect: 'does not keep a checksum that comes in the trailer',
      caughtBy: 'PutObject.checksum.crc32c-trailer-right',
      around: async (request, send) => {
        const isMeant = request.operation === 'PutObject' && isFramed(request);
        return send(isMeant ? request.withoutHeaders(/^x-amz-checksum-|^x-amz-sdk-checksum/i) : request);
      },
    },
    {
      name: 'framing-in-content-encoding',
      defect: 'gives aws-chunked back as the content encoding of the object',
      caughtBy: 'PutObject.system-headers.content-encoding',
      alsoRun: ['PutObject.aws-chunked.*'],
      around: misanswered(['GetObject', 'HeadObject'], (response) => {
        const coding = response.header('content-encoding');
        return response.withHeader('Content-Encoding', coding === undefined ? 'aws-chunked' : `aws-chunked,${coding}`);
      }),
    },
  ],
};
