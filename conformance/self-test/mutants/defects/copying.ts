import type { DefectClass } from '../mutant.ts';
import { condoned, inXml, instead, misanswered, misread, overlooked } from '../building-blocks.ts';

const source = 'x-amz-copy-source';
const directive = 'x-amz-metadata-directive';

export const copying: DefectClass = {
  title: 'copies',
  mutants: [
    {
      name: 'metadata-lost-on-copy',
      defect: 'loses the metadata of the source',
      caughtBy: 'CopyObject.metadata-directive.default',
      around: misread('CopyObject', (request) =>
        request.header(directive) === 'REPLACE' ? request : request.withHeader(directive, 'REPLACE'),
      ),
    },
    {
      name: 'metadata-directive-ignored',
      defect: 'copies the metadata although new ones are given',
      caughtBy: 'CopyObject.metadata-directive.replace',
      around: overlooked('CopyObject', directive),
    },
    {
      name: 'content-type-lost-on-copy',
      defect: 'loses the content type of the source',
      caughtBy: 'CopyObject.metadata-directive.copy',
      around: instead('CopyObject', async (request, send) => {
        const [bucket = '', ...key] = (request.header(source) ?? '').replace(/^\//, '').split('/');
        const host = request.headers.filter(([name]) => /^(host|authorization)$/i.test(name));
        const found = await send(request.with({ method: 'HEAD', path: `/${bucket}/${key.join('/')}`, headers: host }));
        if (request.header(directive) === 'REPLACE' || !found.isSuccess) return send(request);
        const metadata = found.headers.filter(([name]) => /^x-amz-meta-/i.test(name));
        return send(request.with({ headers: [...request.withHeader(directive, 'REPLACE').headers, ...metadata] }));
      }),
    },
    {
      name: 'tagging-directive-ignored',
      defect: 'copies the tags although new ones are given',
      caughtBy: 'CopyObject.tagging-directive.replace',
      around: overlooked('CopyObject', 'x-amz-tagging-directive', 'x-amz-tagging'),
    },
    {
      name: 'copy-onto-itself-condoned',
      defect: 'takes a copy of an object onto itself that changes nothing',
      caughtBy: 'CopyObject.onto-itself.unchanged',
      around: condoned('CopyObject', ['InvalidRequest']),
    },
    {
      name: 'source-not-decoded',
      defect: 'does not decode the source of a copy',
      caughtBy: 'CopyObject.source-key.percent',
      around: misread('CopyObject', (request) =>
        request.withHeader(source, (request.header(source) ?? '').replaceAll('%', '%25')),
      ),
    },
    {
      name: 'source-plus-is-a-space',
      defect: 'takes an encoded + in the source of a copy for a space',
      caughtBy: 'CopyObject.source-key.plus',
      around: misread('CopyObject', (request) =>
        request.withHeader(source, (request.header(source) ?? '').replaceAll('%2B', '%20')),
      ),
    },
    {
      name: 'source-key-cut-at-question-mark',
      defect: 'takes an encoded ? in the source of a copy for the begin of a query',
      caughtBy: 'CopyObject.source-key.query',
      around: misread('CopyObject', (request) =>
        request.withHeader(source, (request.header(source) ?? '').replace(/%3F.*$/, '')),
      ),
    },
    {
      name: 'source-version-id-overlooked',
      defect: 'copies the object although the versionId of the source does not exist',
      caughtBy: 'CopyObject.source.malformed-version-id',
      around: misread('CopyObject', (request) =>
        request.withHeader(source, (request.header(source) ?? '').replace(/\?versionId=.*$/, '')),
      ),
    },
    {
      name: 'missing-source-copied',
      defect: 'answers 200 for a copy of a key that is not there',
      caughtBy: 'CopyObject.source.missing-key',
      around: condoned('CopyObject', ['NoSuchKey']),
    },
    {
      name: 'copy-without-etag',
      defect: 'gives no ETag of a copy',
      caughtBy: 'CopyObject.whole.same-bucket',
      around: misanswered('CopyObject', inXml(/<ETag>.*?<\/ETag>/s, '')),
    },
    {
      name: 'copy-without-date',
      defect: 'gives no LastModified of a copy',
      caughtBy: 'CopyObject.whole.same-bucket',
      around: misanswered('CopyObject', inXml(/<LastModified>.*?<\/LastModified>/s, '')),
    },
    {
      name: 'copy-not-made',
      defect: 'answers a copy with 200, and leaves the old object there',
      caughtBy: 'CopyObject.whole.replaces-target',
      around: instead('CopyObject', async (request, send) => {
        const elsewhere = await send(request.with({ path: `${request.path}.copy` }));
        return elsewhere;
      }),
    },
    {
      name: 'range-copy-off-by-one',
      defect: 'copies one byte too few of a range',
      caughtBy: 'UploadPartCopy.range.of-large-source',
      around: misread('UploadPartCopy', (request) => {
        const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.header('x-amz-copy-source-range') ?? '') ?? [];
        if (first === undefined) return request;
        return request.withHeader('x-amz-copy-source-range', `bytes=${first}-${String(Number(last) - 1)}`);
      }),
    },
    {
      name: 'range-of-copy-ignored',
      defect: 'copies the whole object for a range of it',
      caughtBy: 'UploadPartCopy.range.of-large-source',
      around: overlooked('UploadPartCopy', 'x-amz-copy-source-range'),
    },
    {
      name: 'part-copied-as-object',
      defect: 'takes UploadPartCopy for CopyObject',
      caughtBy: 'UploadPartCopy.whole-source.same-bucket',
      around: misread('UploadPartCopy', (request) => request.withParam('partNumber').withParam('uploadId')),
    },
    {
      name: 'source-owner-not-compared',
      defect: 'ignores x-amz-source-expected-bucket-owner',
      caughtBy: 'CopyObject.expected-source-owner.other',
      around: overlooked('CopyObject', 'x-amz-source-expected-bucket-owner'),
    },
  ],
};
