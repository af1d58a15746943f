import { createHash } from 'node:crypto';
import type { Around, DefectClass, Send } from '../mutant.ts';
import {
  condoned,
  inXml,
  instead,
  misanswered,
  misread,
  overlooked,
  pretended,
  unchecked,
} from '../building-blocks.ts';
import { emptyAnswer, type S3Request, type S3Response } from '../s3-message.ts';

const part = /<Part>.*?<\/Part>/gs;
const numberIn = (text: string): number => Number(/<PartNumber>(\d+)/.exec(text)?.[1]);
const etagIn = (text: string): string => /<ETag>(.*?)<\/ETag>/s.exec(text)?.[1] ?? '';

function inOrder(request: S3Request): S3Request {
  return request.withText((text) => {
    const sorted = (text.match(part) ?? []).toSorted((a, b) => numberIn(a) - numberIn(b));
    return text.replace(part, () => sorted.shift() ?? '');
  });
}

/** ListParts for the upload that a request is about. */
async function partsOf(request: S3Request, send: Send): Promise<readonly string[]> {
  const headers = request.headers.filter(([name]) => /^(host|authorization)$/i.test(name));
  const query = request.query.filter(([name]) => name === 'uploadId');
  const listed = await send(request.with({ method: 'GET', query, headers, body: Buffer.alloc(0) }));
  return listed.body.toString('utf8').match(part) ?? [];
}

/** Whatever ETag is sent, the part of that number is taken. */
function partEtagUnchecked(): Around {
  return async (request, send) => {
    const response = await send(request);
    if (request.operation !== 'CompleteMultipartUpload' || response.code !== 'InvalidPart') return response;
    const stored = new Map((await partsOf(request, send)).map((one) => [numberIn(one), etagIn(one)]));
    const repaired = (one: string): string => one.replace(etagIn(one), stored.get(numberIn(one)) ?? etagIn(one));
    return send(request.withText((text) => text.replace(part, repaired)));
  };
}

function listOfPartsIgnored(): Around {
  return instead('CompleteMultipartUpload', async (request, send) => {
    const stored = await partsOf(request, send);
    const all = stored.map(
      (one) => `<Part><PartNumber>${numberIn(one)}</PartNumber><ETag>${etagIn(one)}</ETag></Part>`,
    );
    return send(request.withText((text) => (all.length > 0 ? text.replace(/<Part>.*<\/Part>/s, all.join('')) : text)));
  });
}

/** The first one of a number stays, whatever is sent later. */
function firstPartStays(): Around {
  const sent = new Set<string>();
  return instead('UploadPart', async (request, send) => {
    const place = `${request.path} ${request.param('uploadId') ?? ''} ${request.param('partNumber') ?? ''}`;
    const etag = `"${createHash('md5').update(request.body).digest('hex')}"`;
    if (sent.has(place)) return emptyAnswer(200).withHeader('ETag', etag);
    sent.add(place);
    return send(request);
  });
}

/** An upload makes an empty object at once. */
function visibleAtOnce(): Around {
  return instead('CreateMultipartUpload', async (request, send) => {
    const response = await send(request);
    if (response.isSuccess) await send(request.withParam('uploads').with({ method: 'PUT' }));
    return response;
  });
}

const allOfKeyAborted: Around = instead('AbortMultipartUpload', async (request, send) => {
  const listed = await send(
    request.with({ method: 'GET', path: `/${request.bucket}`, query: [['uploads', '']], body: Buffer.alloc(0) }),
  );
  const uploads = listed.body.toString('utf8').match(/<Upload>.*?<\/Upload>/gs) ?? [];
  const ofKey = uploads.filter((one) => one.includes(`<Key>${decodeURIComponent(request.key)}</Key>`));
  const ids = ofKey.map((one) => /<UploadId>(.*?)</.exec(one)?.[1] ?? '');
  const others = ids.filter((id) => id !== request.param('uploadId'));
  for (const id of others) await send(request.withParam('uploadId', id));
  return send(request);
});

function oneUploadForEachKey(): Around {
  const begun = new Map<string, S3Response>();
  return instead('CreateMultipartUpload', async (request, send) => {
    const response = begun.get(request.path) ?? (await send(request));
    begun.set(request.path, response);
    return response;
  });
}

export const multipart: DefectClass = {
  title: 'multipart uploads',
  mutants: [
    {
      name: 'multipart-etag-without-count',
      defect: 'gives the ETag of a multipart object without -N',
      caughtBy: 'CompleteMultipartUpload.parts.two',
      around: misanswered('CompleteMultipartUpload', inXml(/(<ETag>.*?)-\d+/s, '$1')),
    },
    {
      name: 'part-order-unchecked',
      defect: 'takes parts that are listed in descending order',
      caughtBy: 'CompleteMultipartUpload.parts.descending',
      around: unchecked('CompleteMultipartUpload', ['InvalidPartOrder'], inOrder),
    },
    {
      name: 'part-etag-unchecked',
      defect: 'takes a part whose ETag is another one',
      caughtBy: 'CompleteMultipartUpload.parts.other-etag',
      around: partEtagUnchecked(),
    },
    {
      name: 'list-of-parts-ignored',
      defect: 'completes an upload with all of its parts, whichever are listed',
      caughtBy: 'CompleteMultipartUpload.parts.some-of-them',
      around: listOfPartsIgnored(),
    },
    {
      name: 'small-part-condoned',
      defect: 'takes a part before the last that is smaller than 5 MiB',
      caughtBy: 'CompleteMultipartUpload.parts.too-small',
      around: condoned('CompleteMultipartUpload', ['EntityTooSmall']),
    },
    {
      name: 'missing-part-condoned',
      defect: 'completes an upload with a part that was never sent',
      caughtBy: 'CompleteMultipartUpload.parts.never-sent',
      around: condoned('CompleteMultipartUpload', ['InvalidPart']),
    },
    {
      name: 'no-parts-condoned',
      defect: 'completes an upload without any part',
      caughtBy: 'CompleteMultipartUpload.parts.none',
      alsoRun: ['CompleteMultipartUpload.document.*'],
      around: condoned('CompleteMultipartUpload', ['MalformedXML', 'InvalidRequest']),
    },
    {
      name: 'unknown-upload-completed',
      defect: 'completes an upload that it does not know',
      caughtBy: 'CompleteMultipartUpload.upload-id.unknown',
      around: condoned('CompleteMultipartUpload', ['NoSuchUpload']),
    },
    {
      name: 'completed-without-document',
      defect: 'answers a completion with 200 and nothing',
      caughtBy: 'CompleteMultipartUpload.parts.one',
      alsoRun: ['CompleteMultipartUpload'],
      around: misanswered('CompleteMultipartUpload', () => emptyAnswer(200)),
    },
    {
      name: 'completion-pretended',
      defect: 'answers a completion with 200 and makes no object',
      caughtBy: 'CompleteMultipartUpload.parts.one',
      alsoRun: ['CompleteMultipartUpload.document.*'],
      around: pretended('CompleteMultipartUpload', 200),
    },
    {
      name: 'object-size-not-compared',
      defect: 'ignores x-amz-mp-object-size',
      caughtBy: 'CompleteMultipartUpload.object-size.other',
      around: overlooked('CompleteMultipartUpload', 'x-amz-mp-object-size'),
    },
    {
      name: 'abort-pretended',
      defect: 'leaves an aborted upload listed, with its parts',
      caughtBy: 'AbortMultipartUpload.in-progress.over',
      alsoRun: ['AbortMultipartUpload'],
      around: pretended('AbortMultipartUpload', 204),
    },
    {
      name: 'unknown-upload-aborted',
      defect: 'answers 204 when an upload is aborted that it does not know',
      caughtBy: 'AbortMultipartUpload.upload-id.unknown',
      around: condoned('AbortMultipartUpload', ['NoSuchUpload'], 204),
    },
    {
      name: 'all-uploads-of-key-aborted',
      defect: 'aborts all uploads of a key for one of them',
      caughtBy: 'AbortMultipartUpload.same-key.other-upload-kept',
      around: allOfKeyAborted,
    },
    {
      name: 'one-upload-for-each-key',
      defect: 'gives the upload that there is when another one of the same key begins',
      caughtBy: 'CreateMultipartUpload.same-key.upload-ids-differ',
      around: oneUploadForEachKey(),
    },
    {
      name: 'algorithm-of-upload-not-echoed',
      defect: 'does not say which checksums an upload is to have',
      caughtBy: 'CreateMultipartUpload.checksum.algorithm-echoed',
      around: misanswered('CreateMultipartUpload', (response) => response.withoutHeaders(/^x-amz-checksum-/i)),
    },
    {
      name: 'upload-visible-at-once',
      defect: 'makes an empty object when an upload begins',
      caughtBy: 'CreateMultipartUpload.existing-key.kept',
      around: visibleAtOnce(),
    },
    {
      name: 'attributes-of-upload-lost',
      defect: 'loses the metadata and the content type that an upload was begun with',
      caughtBy: 'CreateMultipartUpload.attributes.of-the-object',
      around: misread('CreateMultipartUpload', (request) => request.withoutHeaders(/^(x-amz-meta-|content-type$)/i)),
    },
    {
      name: 'tags-of-upload-lost',
      defect: 'loses the tags that an upload was begun with',
      caughtBy: 'CreateMultipartUpload.tagging.of-the-object',
      around: overlooked('CreateMultipartUpload', 'x-amz-tagging'),
    },
    {
      name: 'part-number-10001-condoned',
      defect: 'takes a part of the number 10,001',
      caughtBy: 'UploadPart.part-number.10001',
      alsoRun: ['UploadPartCopy.part-number.*'],
      around: condoned(['UploadPart', 'UploadPartCopy'], ['InvalidArgument']),
    },
    {
      name: 'copied-part-misnumbered',
      defect: 'stores a copied part under the next number',
      caughtBy: 'UploadPartCopy.sent-again.last-one-counts',
      around: misread('UploadPartCopy', (request) =>
        request.withParam('partNumber', String(Number(request.param('partNumber')) + 1)),
      ),
    },
    {
      name: 'part-of-unknown-upload-condoned',
      defect: 'takes a part of an upload that it does not know',
      caughtBy: 'UploadPart.upload-id.unknown',
      around: condoned('UploadPart', ['NoSuchUpload']),
    },
    {
      name: 'first-part-stays',
      defect: 'keeps the first part of a number when it is sent again',
      caughtBy: 'UploadPart.sent-again.last-one-counts',
      around: firstPartStays(),
    },
    {
      name: 'part-without-etag',
      defect: 'gives no ETag of a part',
      caughtBy: 'UploadPart.stored.number-1',
      around: misanswered('UploadPart', (response) => response.withHeader('etag')),
    },
  ],
};
