import { encodeKey } from '../../../transports/sigv4.ts';
import type { Around, DefectClass, Mutant } from '../mutant.ts';
import { inXml, misanswered } from '../building-blocks.ts';
import type { S3Request } from '../s3-message.ts';

/** Every object is kept under another key than the one that was sent. */
function keptUnder(edit: (key: string) => string): Around {
  return async (request, send) => {
    const renamed = request.key === '' ? request : renamedBy(edit, request);
    return send(renamed);
  };
}

function renamedBy(edit: (key: string) => string, request: S3Request): S3Request {
  const decoded = decoding(request.key);
  const key = decoded === undefined ? undefined : edit(decoded);
  if (key === undefined || key === decoded || key === '') return request;
  return request.with({ path: `/${request.bucket}/${encodeKey(key)}` });
}

function decoding(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const listings = ['ListObjects', 'ListObjectsV2'] as const;

const mutants: readonly Mutant[] = [
  {
    name: 'plus-is-a-space',
    defect: 'takes + in a key for a space',
    caughtBy: 'PutObject.key.plus',
    around: keptUnder((key) => key.replaceAll('+', ' ')),
  },
  {
    name: 'decoded-twice',
    defect: 'decodes percent-encoding twice',
    caughtBy: 'GetObject.key.space-and-encoded-space',
    around: keptUnder((key) => decoding(key) ?? key),
  },
  {
    name: 'trailing-slash-lost',
    defect: 'loses the slash at the end of a key',
    caughtBy: 'PutObject.key.trailing-slash',
    around: keptUnder((key) => key.replace(/\/$/, '')),
  },
  {
    name: 'leading-slash-lost',
    defect: 'loses the slash at the beginning of a key',
    caughtBy: 'GetObject.key.with-and-without-leading-slash',
    around: keptUnder((key) => key.replace(/^\//, '')),
  },
  {
    name: 'slashes-merged',
    defect: 'takes several slashes for one',
    caughtBy: 'DeleteObject.key.one-and-two-slashes',
    around: keptUnder((key) => key.replace(/\/{2,}/g, '/')),
  },
  {
    name: 'case-folded',
    defect: 'takes upper and lower case for the same',
    caughtBy: 'GetObject.key.upper-and-lower-case',
    around: keptUnder((key) => key.toLowerCase()),
  },
  {
    name: 'composed',
    defect: 'brings keys into a composed form of Unicode',
    caughtBy: 'GetObject.key.composed-and-decomposed',
    around: keptUnder((key) => key.normalize('NFC')),
  },
  {
    name: 'key-cut-off',
    defect: 'cuts keys off at 255 characters',
    caughtBy: 'PutObject.key.longest',
    around: keptUnder((key) => key.slice(0, 255)),
  },
  {
    name: 'listed-keys-unescaped',
    defect: 'lists a key with markup in it unescaped',
    caughtBy: 'ListObjectsV2.listing-encoding.xml-characters',
    around: misanswered(listings, inXml(/&(?:amp;)?(?:lt|#60|#x3c);/gi, '<')),
  },
  {
    name: 'listed-keys-beyond-bmp',
    defect: 'lists characters beyond the Basic Multilingual Plane as question marks',
    caughtBy: 'PutObject.key.beyond-bmp',
    around: misanswered(listings, inXml(/[\u{10000}-\u{10FFFF}]/gu, '?')),
  },
  {
    name: 'beyond-ascii-lost',
    defect: 'keeps question marks for what is beyond ASCII in a key',
    caughtBy: 'PutObject.key.cjk',
    around: keptUnder((key) => key.replace(/[^ -~]/gu, '?')),
  },
  {
    name: 'last-dot-lost',
    defect: 'loses a dot at the end of a key',
    caughtBy: 'PutObject.key.dots-inside',
    around: keptUnder((key) => key.replace(/\.$/, '')),
  },
  {
    name: 'cut-at-question-mark',
    defect: 'takes an encoded ? in a key for the begin of a query',
    caughtBy: 'PutObject.key.query',
    around: keptUnder((key) => key.replace(/\?.*$/, '')),
  },
  {
    name: 'spaces-merged',
    defect: 'takes several spaces in a key for one',
    caughtBy: 'PutObject.key.space',
    around: keptUnder((key) => key.replace(/ {2,}/g, ' ')),
  },
  {
    name: 'punctuation-replaced',
    defect: 'keeps _ for punctuation in a key',
    caughtBy: 'PutObject.key.other-punctuation',
    around: keptUnder((key) => key.replace(/[!'()*:;@,=$[\]{}^~`|\\]/g, '_')),
  },
  {
    name: 'markup-replaced',
    defect: 'keeps _ for < and & in a key',
    caughtBy: 'PutObject.key.xml',
    around: keptUnder((key) => key.replace(/[<>&]/g, '_')),
  },
];

/** What a key is, all operations have to agree upon. */
export const keys: DefectClass = {
  title: 'keys',
  mutants: mutants.map((mutant) => ({ alsoRun: ['key-encoding'], ...mutant })),
};
