import type { OperationName } from '../../../catalogue.ts';
import type { DefectClass, Mutant } from '../mutant.ts';
import { misrefused, overlooked } from '../building-blocks.ts';
import { kebabOf } from '../operation-of.ts';

/** [operation, header, the case that sends it] */
const ignored: readonly (readonly [OperationName, string, string])[] = [
  ['PutObject', 'if-none-match', 'PutObject.if-none-match.existing-key'],
  ['PutObject', 'if-match', 'PutObject.if-match.other-etag'],
  ['CompleteMultipartUpload', 'if-none-match', 'CompleteMultipartUpload.if-none-match.existing-key'],
  ['CompleteMultipartUpload', 'if-match', 'CompleteMultipartUpload.if-match.other-etag'],
  ['DeleteObject', 'if-match', 'DeleteObject.if-match.other-etag'],
  ['GetObject', 'if-match', 'GetObject.if-match.other-etag'],
  ['GetObject', 'if-none-match', 'GetObject.if-none-match.same-etag'],
  ['GetObject', 'if-modified-since', 'GetObject.if-modified-since.same-second'],
  ['GetObject', 'if-unmodified-since', 'GetObject.if-unmodified-since.earlier'],
  ['HeadObject', 'if-match', 'HeadObject.if-match.other-etag'],
  ['HeadObject', 'if-none-match', 'HeadObject.if-none-match.same-etag'],
  ['HeadObject', 'if-modified-since', 'HeadObject.if-modified-since.same-second'],
  ['HeadObject', 'if-unmodified-since', 'HeadObject.if-unmodified-since.earlier'],
  ['CopyObject', 'x-amz-copy-source-if-match', 'CopyObject.source-condition.if-match-other-etag'],
  ['CopyObject', 'x-amz-copy-source-if-none-match', 'CopyObject.source-condition.if-none-match-same-etag'],
  ['CopyObject', 'x-amz-copy-source-if-modified-since', 'CopyObject.source-condition.if-modified-since-same-second'],
  ['CopyObject', 'x-amz-copy-source-if-unmodified-since', 'CopyObject.source-condition.if-unmodified-since-earlier'],
  ['UploadPartCopy', 'x-amz-copy-source-if-none-match', 'UploadPartCopy.source-condition.if-none-match-same-etag'],
  ['CopyObject', 'if-none-match', 'CopyObject.target-condition.if-none-match-existing'],
  ['CopyObject', 'if-match', 'CopyObject.target-condition.if-match-other-etag'],
  ['UploadPartCopy', 'x-amz-copy-source-if-match', 'UploadPartCopy.source-condition.if-match-other-etag'],
  [
    'UploadPartCopy',
    'x-amz-copy-source-if-unmodified-since',
    'UploadPartCopy.source-condition.if-unmodified-since-earlier',
  ],
];

const byHeader = ignored.map(([operation, header, caughtBy]): Mutant => {
  const isSource = header.startsWith('x-amz-copy-source-');
  const condition = isSource ? `source-${header.slice('x-amz-copy-source-'.length)}` : header;
  return {
    name: `${kebabOf(operation)}-${condition}-ignored`,
    defect: `${operation} ignores ${header}`,
    caughtBy,
    alsoRun: [`${operation}.consistency.*`, `${operation}.workflow.*`, `${operation}.presigned.condition-*`],
    around: overlooked(operation, header),
  };
});

export const conditions: DefectClass = {
  title: 'conditional requests',
  mutants: [
    ...byHeader,
    {
      name: 'not-modified-as-412',
      defect: 'answers 412 where 304 is meant',
      caughtBy: 'GetObject.if-none-match.same-etag',
      around: misrefused(['GetObject', 'HeadObject'], (response) =>
        response.status === 304 ? response.with({ status: 412 }) : response,
      ),
    },
    {
      name: 'if-match-beside-date',
      defect: 'looks at If-Unmodified-Since although If-Match holds',
      caughtBy: 'GetObject.if-match.with-if-unmodified-since',
      around: overlookedBeside('if-match', 'if-unmodified-since'),
    },
    {
      name: 'if-none-match-beside-date',
      defect: 'looks at If-Modified-Since although If-None-Match does not hold',
      caughtBy: 'GetObject.if-none-match.with-if-modified-since',
      around: overlookedBeside('if-none-match', 'if-modified-since'),
    },
    {
      name: 'if-match-creates',
      defect: 'writes a key that is not there although If-Match names an ETag',
      caughtBy: 'PutObject.if-match.missing-key',
      around: async (request, send) => {
        const response = await send(request);
        const isMissing = request.operation === 'PutObject' && response.code === 'NoSuchKey';
        return isMissing ? send(request.withHeader('if-match')) : response;
      },
    },
  ],
};

/** The date counts, where both are sent and the other should have decided. */
function overlookedBeside(deciding: string, date: string): Mutant['around'] {
  return async (request, send) => {
    const hasBoth = request.header(deciding) !== undefined && request.header(date) !== undefined;
    return send(hasBoth && request.operation === 'GetObject' ? request.withHeader(deciding) : request);
  };
}
