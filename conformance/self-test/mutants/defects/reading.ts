import type { OperationName } from '../../../catalogue.ts';
import type { Around, DefectClass, Mutant } from '../mutant.ts';
import { inXml, instead, misanswered, misread, misrefused, overlooked } from '../building-blocks.ts';
import { emptyAnswer, type S3Response } from '../s3-message.ts';

const reads = ['GetObject', 'HeadObject'] as const;

function headerLost(name: string, caughtBy: string, operations: readonly OperationName[] = reads): Mutant {
  return {
    name: `${name}-not-given-back`,
    defect: `does not give ${name} back`,
    caughtBy,
    alsoRun: [...operations, `*.${name}*`],
    around: misanswered(operations, (response) => response.withHeader(name)),
  };
}

const inIsoForm = (response: S3Response): S3Response => {
  const date = response.header('last-modified');
  return date === undefined ? response : response.withHeader('Last-Modified', new Date(date).toISOString());
};

function firstReadStays(): Around {
  const known = new Map<string, S3Response>();
  return instead(reads, async (request, send) => {
    const asked = `${request.method} ${request.path} ${request.header('range') ?? ''}`;
    const response = known.get(asked) ?? (await send(request));
    if (response.isSuccess) known.set(asked, response);
    return response;
  });
}

export const reading: DefectClass = {
  title: 'reading objects',
  mutants: [
    {
      name: 'range-ignored',
      defect: 'gives the whole object for a range',
      caughtBy: 'GetObject.range.first-bytes',
      around: overlooked('GetObject', 'range'),
    },
    {
      name: 'range-end-excluded',
      defect: 'gives a range without its last byte',
      caughtBy: 'GetObject.range.first-bytes',
      around: misread('GetObject', (request) => {
        const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.header('range') ?? '') ?? [];
        if (first === undefined || Number(last) <= Number(first)) return request;
        return request.withHeader('range', `bytes=${first}-${String(Number(last) - 1)}`);
      }),
    },
    {
      name: 'suffix-range-off-by-one',
      defect: 'gives one byte too many for a suffix range',
      caughtBy: 'GetObject.range.suffix',
      around: misread('GetObject', (request) => {
        const [, size] = /^bytes=-(\d+)$/.exec(request.header('range') ?? '') ?? [];
        return size === undefined ? request : request.withHeader('range', `bytes=-${String(Number(size) + 1)}`);
      }),
    },
    {
      name: 'suffix-range-from-start',
      defect: 'takes a suffix range for one from the start',
      caughtBy: 'GetObject.range.suffix',
      around: misread('GetObject', (request) => {
        const [, size] = /^bytes=-(\d+)$/.exec(request.header('range') ?? '') ?? [];
        return size === undefined ? request : request.withHeader('range', `bytes=0-${size}`);
      }),
    },
    {
      name: 'range-past-end-whole',
      defect: 'gives the whole object for a range behind its end',
      caughtBy: 'GetObject.range.start-past-last-byte',
      around: async (request, send) => {
        const response = await send(request);
        const isRefused = request.operation === 'GetObject' && response.status === 416;
        return isRefused ? send(request.withHeader('range')) : response;
      },
    },
    {
      name: 'range-end-past-last-refused',
      defect: 'refuses a range that ends behind the last byte',
      caughtBy: 'GetObject.range.end-past-last-byte',
      around: async (request, send) => {
        const response = await send(request);
        const [, last] = /^bytes=\d+-(\d+)$/.exec(request.header('range') ?? '') ?? [];
        const size = Number(/\/(\d+)$/.exec(response.header('content-range') ?? '')?.[1] ?? Infinity);
        const isPast = request.operation === 'GetObject' && last !== undefined && Number(last) >= size;
        return isPast ? emptyAnswer(416) : response;
      },
    },
    {
      name: 'content-range-without-size',
      defect: 'gives Content-Range without the size of the object',
      caughtBy: 'GetObject.range.first-bytes',
      around: misanswered('GetObject', (response) => {
        const range = response.header('content-range');
        return range === undefined ? response : response.withHeader('Content-Range', range.replace(/\/\d+$/, '/*'));
      }),
    },
    {
      name: 'partial-as-200',
      defect: 'answers a range with 200',
      caughtBy: 'GetObject.range.first-bytes',
      around: misanswered('GetObject', (response) =>
        response.status === 206 ? response.with({ status: 200 }) : response,
      ),
    },
    {
      name: 'part-number-ignored',
      defect: 'gives the whole object for a part of it',
      caughtBy: 'GetObject.part-number.second-of-two',
      alsoRun: ['HeadObject'],
      around: overlooked(reads, 'partNumber'),
    },
    headerLost('x-amz-mp-parts-count', 'GetObject.part-number.second-of-two'),
    headerLost('content-type', 'PutObject.system-headers.content-type'),
    headerLost('cache-control', 'PutObject.system-headers.cache-control'),
    headerLost('content-disposition', 'PutObject.system-headers.content-disposition'),
    headerLost('content-encoding', 'PutObject.system-headers.content-encoding'),
    headerLost('content-language', 'PutObject.system-headers.content-language'),
    headerLost('expires', 'PutObject.system-headers.expires'),
    headerLost('etag', 'GetObject.whole.described'),
    headerLost('last-modified', 'GetObject.whole.described'),
    headerLost('x-amz-tagging-count', 'GetObject.tagging.count', ['GetObject']),
    {
      name: 'user-metadata-not-given-back',
      defect: 'gives no user metadata back',
      caughtBy: 'PutObject.user-metadata.given-back',
      around: misanswered(reads, (response) => response.withoutHeaders(/^x-amz-meta-/i)),
    },
    {
      name: 'user-metadata-of-head-lost',
      defect: 'gives no user metadata back to HEAD',
      caughtBy: 'HeadObject.existing-key.described',
      around: misanswered('HeadObject', (response) => response.withoutHeaders(/^x-amz-meta-/i)),
    },
    {
      name: 'user-metadata-renamed',
      defect: 'gives user metadata back with _ for - in the names',
      caughtBy: 'PutObject.user-metadata.given-back',
      around: misanswered(reads, (response) =>
        response.with({
          headers: response.headers.map(([name, value]) =>
            /^x-amz-meta-/i.test(name) ? [`x-amz-meta-${name.slice(11).replaceAll('-', '_')}`, value] : [name, value],
          ),
        }),
      ),
    },
    {
      name: 'head-without-length',
      defect: 'answers HEAD without Content-Length',
      caughtBy: 'HeadObject.existing-key.described',
      around: misanswered('HeadObject', (response) => response.withHeader('content-length')),
    },
    {
      name: 'head-says-empty',
      defect: 'answers HEAD with a Content-Length of 0',
      caughtBy: 'HeadObject.existing-key.described',
      around: misanswered('HeadObject', (response) => response.withHeader('Content-Length', '0')),
    },
    {
      name: 'last-modified-iso',
      defect: 'gives Last-Modified in ISO 8601',
      caughtBy: 'GetObject.whole.described',
      alsoRun: ['HeadObject'],
      around: misanswered(reads, inIsoForm),
    },
    {
      name: 'etag-unquoted',
      defect: 'gives the ETag without its quotes',
      caughtBy: 'GetObject.whole.described',
      alsoRun: ['PutObject', 'HeadObject'],
      around: misanswered([...reads, 'PutObject', 'UploadPart'], (response) =>
        response.withHeader('ETag', response.header('etag')?.replaceAll('"', '')),
      ),
    },
    {
      name: 'response-overrides-ignored',
      defect: 'ignores response-content-type and its like',
      caughtBy: 'GetObject.response-overrides.content-type',
      around: misread('GetObject', (request) =>
        request.query.some(([name]) => name.startsWith('response-'))
          ? request.with({ query: request.query.filter(([name]) => !name.startsWith('response-')) })
          : request,
      ),
    },
    {
      name: 'missing-key-empty',
      defect: 'answers 200 and nothing for a key that is not there',
      caughtBy: 'GetObject.missing-key.refused',
      around: misrefused('GetObject', (response) => (response.status === 404 ? emptyAnswer(200) : response)),
    },
    {
      name: 'head-of-missing-key-200',
      defect: 'answers HEAD with 200 for a key that is not there',
      caughtBy: 'HeadObject.key.missing',
      around: misrefused('HeadObject', (response) => (response.status === 404 ? emptyAnswer(200) : response)),
    },
    {
      name: 'last-byte-lost',
      defect: 'loses the last byte of an object',
      caughtBy: 'PutObject.round-trip.small-body',
      alsoRun: ['GetObject', 'workflow', 'consistency', 'PutObject.size.*'],
      around: misanswered('GetObject', (response) => response.withBody(response.body.subarray(0, -1))),
    },
    {
      name: 'no-date',
      defect: 'answers without a Date',
      caughtBy: 'GetObject.http.date-header',
      around: misanswered('GetObject', (response) => response.withHeader('date')),
    },
    {
      name: 'old-object-read',
      defect: 'gives an object as it was when it was first read',
      caughtBy: 'PutObject.consistency.read-after-write',
      alsoRun: ['consistency', 'workflow'],
      around: firstReadStays(),
    },
    {
      name: 'attributes-without-checksum',
      defect: 'GetObjectAttributes leaves checksums out',
      caughtBy: 'GetObjectAttributes.asked-for.checksum',
      alsoRun: ['GetObjectAttributes'],
      around: misanswered('GetObjectAttributes', inXml(/<Checksum.*?<\/Checksum\w*>/gs, '')),
    },
    {
      name: 'attributes-without-size',
      defect: 'GetObjectAttributes leaves the size out',
      caughtBy: 'GetObjectAttributes.asked-for.object-size',
      around: misanswered('GetObjectAttributes', inXml(/<ObjectSize>\d+<\/ObjectSize>/, '')),
    },
    {
      name: 'attributes-etag-quoted',
      defect: 'GetObjectAttributes gives the ETag in quotes',
      caughtBy: 'GetObjectAttributes.asked-for.etag',
      around: misanswered('GetObjectAttributes', inXml(/<ETag>([^<]*)</, '<ETag>"$1"<')),
    },
    {
      name: 'attributes-of-parts-lost',
      defect: 'GetObjectAttributes does not tell of parts',
      caughtBy: 'GetObjectAttributes.parts.count',
      around: misanswered('GetObjectAttributes', inXml(/<ObjectParts>.*<\/ObjectParts>/s, '')),
    },
  ],
};
