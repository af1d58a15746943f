import type { Around, DefectClass, Mutant } from '../mutant.ts';
import { inXml, misanswered, misread, overlooked } from '../building-blocks.ts';
import { emptyAnswer, type S3Response } from '../s3-message.ts';

const both = ['ListObjects', 'ListObjectsV2'] as const;
const entry = /<Contents>.*?<\/Contents>/gs;
const folder = /<CommonPrefixes>.*?<\/CommonPrefixes>/gs;
const keyIn = (text: string): string => /<Key>(.*?)<\/Key>/s.exec(text)?.[1] ?? '';

/** As a language that compares strings by UTF-16 units sorts keys. */
function inUtf16Order(response: S3Response): S3Response {
  return response.withText((text) => {
    const sorted = (text.match(entry) ?? []).toSorted((a, b) => (keyIn(a) < keyIn(b) ? -1 : 1));
    return text.replace(entry, () => sorted.shift() ?? '');
  });
}

function without(name: 'NextMarker' | 'NextContinuationToken'): (response: S3Response) => S3Response {
  return inXml(new RegExp(`<${name}>.*?</${name}>`, 's'), '');
}

/** As a server that seeks behind the marker as text, but not behind the folder that it names. */
function folderAgain(): Around {
  return misread('ListObjects', (request) => {
    const marker = request.param('marker');
    return marker?.endsWith('/') === true ? request.withParam('marker', marker.slice(0, -1)) : request;
  });
}

const mutants: readonly Mutant[] = [
  {
    name: 'utf16-order',
    defect: 'lists in the order of UTF-16 units',
    caughtBy: 'ListObjectsV2.listing.byte-order',
    around: misanswered(both, inUtf16Order),
  },
  {
    name: 'newest-first',
    defect: 'lists in no order',
    caughtBy: 'ListObjects.listing.byte-order',
    around: misanswered(both, (response) =>
      response.withText((text) => {
        const reversed = (text.match(entry) ?? []).toReversed();
        return text.replace(entry, () => reversed.shift() ?? '');
      }),
    ),
  },
  {
    name: 'prefix-ignored',
    defect: 'ignores prefix',
    caughtBy: 'ListObjectsV2.listing.prefix',
    around: overlooked(both, 'prefix'),
  },
  {
    name: 'prefix-as-folder',
    defect: 'takes a prefix for the name of a folder',
    caughtBy: 'ListObjectsV2.listing.prefix-of-a-name',
    around: misread(both, (request) => {
      const prefix = request.param('prefix') ?? '';
      return prefix === '' || prefix.endsWith('/') ? request : request.withParam('prefix', `${prefix}/`);
    }),
  },
  {
    name: 'delimiter-ignored',
    defect: 'ignores delimiter',
    caughtBy: 'ListObjectsV2.listing-delimiter.folders',
    around: overlooked(both, 'delimiter'),
  },
  {
    name: 'delimiter-is-a-slash',
    defect: 'knows no delimiter but the slash',
    caughtBy: 'ListObjects.listing-delimiter.other-character',
    around: misread(both, (request) =>
      (request.param('delimiter') ?? '') === '' ? request : request.withParam('delimiter', '/'),
    ),
  },
  {
    name: 'first-character-of-delimiter',
    defect: 'looks at the first character of a delimiter alone',
    caughtBy: 'ListObjectsV2.listing-delimiter.several-characters',
    around: misread(both, (request) => {
      const delimiter = request.param('delimiter') ?? '';
      return delimiter.length > 1 ? request.withParam('delimiter', delimiter.slice(0, 1)) : request;
    }),
  },
  {
    name: 'folder-marker-hidden',
    defect: 'leaves the marker of the folder that is listed out',
    caughtBy: 'ListObjectsV2.listing-delimiter.folder-marker',
    around: misanswered(both, (response) =>
      response.withText((text) => text.replace(entry, (one) => (keyIn(one).endsWith('/') ? '' : one))),
    ),
  },
  {
    name: 'folders-uncounted',
    defect: 'counts folders neither against max-keys',
    caughtBy: 'ListObjectsV2.listing-pagination.folders-count-as-one',
    around: misread(both, (request) => {
      const limit = Number(request.param('max-keys') ?? NaN);
      const isMeant = request.param('delimiter') !== undefined && limit > 0;
      return isMeant ? request.withParam('max-keys', String(limit * 3)) : request;
    }),
  },
  {
    name: 'key-count-without-folders',
    defect: 'leaves folders out of KeyCount',
    caughtBy: 'ListObjectsV2.listing.key-count',
    around: misanswered('ListObjectsV2', (response) =>
      response.withText((text) =>
        text.replace(/<KeyCount>\d+/, `<KeyCount>${String((text.match(entry) ?? []).length)}`),
      ),
    ),
  },
  {
    name: 'max-keys-ignored',
    defect: 'ignores max-keys',
    caughtBy: 'ListObjectsV2.listing-pagination.max-keys-1',
    around: overlooked(both, 'max-keys'),
  },
  {
    name: 'max-keys-0-is-default',
    defect: 'takes max-keys=0 for none',
    caughtBy: 'ListObjectsV2.listing-pagination.max-keys-0',
    around: misread(both, (request) => (request.param('max-keys') === '0' ? request.withParam('max-keys') : request)),
  },
  {
    name: 'never-truncated',
    defect: 'never says that a listing is cut off',
    caughtBy: 'ListObjectsV2.listing-pagination.all-keys',
    around: misanswered(both, inXml(/<IsTruncated>true/, '<IsTruncated>false')),
  },
  {
    name: 'exact-page-truncated',
    defect: 'says that more is to come where a page is exactly full',
    caughtBy: 'ListObjectsV2.listing-pagination.max-keys-exact',
    around: misanswered(both, (response) =>
      response.withText((text) => {
        const listed = (text.match(entry) ?? []).length + (text.match(folder) ?? []).length;
        const isFull = listed > 0 && text.includes(`<MaxKeys>${String(listed)}<`);
        return isFull ? text.replace('<IsTruncated>false', '<IsTruncated>true') : text;
      }),
    ),
  },
  {
    name: 'marker-stuck',
    defect: 'version 1 begins at the first key whatever the marker is',
    caughtBy: 'ListObjects.listing-pagination.marker-is-a-key',
    around: overlooked('ListObjects', 'marker'),
  },
  {
    name: 'marker-included',
    defect: 'version 1 lists the marker itself again',
    caughtBy: 'ListObjects.listing-pagination.marker-is-a-key',
    around: misread('ListObjects', (request) => {
      const marker = request.param('marker') ?? '';
      return marker === '' ? request : request.withParam('marker', marker.slice(0, -1));
    }),
  },
  {
    name: 'marker-folder-again',
    defect: 'version 1 gives a folder again that is the marker',
    caughtBy: 'ListObjects.listing-pagination.marker-is-a-folder',
    around: folderAgain(),
  },
  {
    name: 'no-next-marker',
    defect: 'version 1 with a delimiter gives no NextMarker',
    caughtBy: 'ListObjects.listing-pagination.all-folders',
    around: misanswered('ListObjects', without('NextMarker')),
  },
  {
    name: 'token-ignored',
    defect: 'version 2 begins anew whatever the continuation token is',
    caughtBy: 'ListObjectsV2.listing-pagination.all-keys',
    around: overlooked('ListObjectsV2', 'continuation-token'),
  },
  {
    name: 'no-next-token',
    defect: 'version 2 gives no token for the next page',
    caughtBy: 'ListObjectsV2.listing-pagination.all-keys',
    around: misanswered('ListObjectsV2', without('NextContinuationToken')),
  },
  {
    name: 'start-after-ignored',
    defect: 'version 2 ignores start-after',
    caughtBy: 'ListObjectsV2.listing-pagination.start-after-a-key',
    around: overlooked('ListObjectsV2', 'start-after'),
  },
  {
    name: 'start-after-before-token',
    defect: 'version 2 goes by start-after although there is a token',
    caughtBy: 'ListObjectsV2.listing-pagination.start-after-then-token',
    around: misread('ListObjectsV2', (request) =>
      request.param('start-after') === undefined ? request : request.withParam('continuation-token'),
    ),
  },
  {
    name: 'fetch-owner-ignored',
    defect: 'version 2 gives no owner when it is asked for',
    caughtBy: 'ListObjectsV2.listing.fetch-owner-true',
    around: overlooked('ListObjectsV2', 'fetch-owner'),
  },
  {
    name: 'no-owner',
    defect: 'version 1 gives no owner',
    caughtBy: 'ListObjects.listing.owner',
    around: misanswered('ListObjects', inXml(/<Owner>.*?<\/Owner>/gs, '')),
  },
  {
    name: 'encoding-type-ignored',
    defect: 'ignores encoding-type',
    caughtBy: 'ListObjectsV2.listing-encoding.url-keys',
    around: overlooked(both, 'encoding-type'),
  },
  {
    name: 'plus-for-plus',
    defect: 'leaves + as it is with encoding-type=url',
    caughtBy: 'ListObjectsV2.listing-encoding.url-space-and-plus',
    around: misanswered(both, inXml(/%2B/g, '+')),
  },
  {
    name: 'folders-not-encoded',
    defect: 'encodes keys with encoding-type=url, but no folders',
    caughtBy: 'ListObjects.listing-encoding.url-prefix-and-folders',
    around: misanswered(both, (response) =>
      response.withText((text) => text.replace(folder, (one) => decodeURIComponent(one))),
    ),
  },
  {
    name: 'parameters-not-repeated',
    defect: 'does not say by which prefix and delimiter it listed',
    caughtBy: 'ListObjectsV2.listing.parameters-repeated',
    around: misanswered(both, inXml(/<(Delimiter|Prefix)>[^<]+<\/\1>(?!<\/CommonPrefixes>)/g, '')),
  },
  {
    name: 'listed-etag-unquoted',
    defect: 'lists ETags without their quotes',
    caughtBy: 'ListObjectsV2.listing.entry',
    around: misanswered(both, inXml(/(?:&quot;|&#34;|")([0-9a-f]{32}[-\d]*)(?:&quot;|&#34;|")/g, '$1')),
  },
  {
    name: 'no-namespace',
    defect: 'gives documents without the namespace of S3',
    caughtBy: 'ListObjects.listing.document',
    around: misanswered(both, inXml(/ xmlns="[^"]*"/, '')),
  },
  {
    name: 'delimiter-hides-keys',
    defect: 'lists folders alone when there is a delimiter',
    caughtBy: 'ListObjectsV2.listing-delimiter.not-in-any-key',
    around: misanswered(both, (response, request) =>
      request.param('delimiter') === undefined ? response : inXml(entry, '')(response),
    ),
  },
  {
    name: 'empty-listing-as-404',
    defect: 'answers 404 where there is nothing to list',
    caughtBy: 'ListObjects.listing.empty-bucket',
    around: misanswered(both, (response) =>
      /<Contents>|<CommonPrefixes>/.test(response.body.toString('utf8')) ? response : emptyAnswer(404),
    ),
  },
  {
    name: 'owner-always',
    defect: 'version 2 gives the owner though it is not asked for',
    caughtBy: 'ListObjectsV2.listing.fetch-owner-false',
    around: misread('ListObjectsV2', (request) => request.withParam('fetch-owner', 'true')),
  },
  {
    name: 'listing-cached',
    defect: 'gives an old listing after objects were deleted and overwritten',
    caughtBy: 'ListObjectsV2.consistency.after-overwrite-and-delete',
    alsoRun: [...both, 'consistency'],
    around: listingsOfBefore(),
  },
];

/** Both versions are heard on each: a server has one list for them. */
export const listing: DefectClass = {
  title: 'listings',
  mutants: mutants.map((mutant) => ({ alsoRun: both, ...mutant })),
};

/** The listings are taken when an object is deleted, and given from then on. */
function listingsOfBefore(): Around {
  const known = new Map<string, S3Response>();
  const placeOf = (operation: string, bucket: string): string => `${operation} ${bucket}`;
  return async (request, send) => {
    const { operation = '', bucket } = request;
    if (operation === 'DeleteObject') {
      const plain = request.with({ method: 'GET', path: `/${bucket}`, query: [] });
      for (const listed of [plain, plain.withParam('list-type', '2')]) {
        const place = placeOf(listed.operation ?? '', bucket);
        if (!known.has(place)) known.set(place, await send(listed));
      }
    }
    return known.get(placeOf(operation, bucket)) ?? send(request);
  };
}
