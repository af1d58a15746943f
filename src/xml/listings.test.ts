import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deleteResultDocument } from './delete-objects.ts';
import { listObjectsDocument, listObjectsV2Document, listPartsDocument, listUploadsDocument } from './listings.ts';
import { element, s3Root, writeXml, type XmlNode } from './write.ts';

/** The golden file that both the written string and xml-js's output must equal, byte for byte. */
function golden(name: string): string {
  return readFileSync(new URL(`../../fixtures/xml/${name}.xml`, import.meta.url), 'utf8');
}

/** `['Key', 'a']` for text, `['Owner', [['ID', 'x']]]` for elements. */
type Outline = readonly (readonly [name: string, content: string | Outline])[];

function nodes(outline: Outline): XmlNode[] {
  return outline.map(([name, content]) => element(name, typeof content === 'string' ? content : nodes(content)));
}

function byXmlJs(root: string, outline: Outline): string {
  return writeXml(s3Root(root, nodes(outline)));
}

const date = new Date('2024-02-29T12:34:56.789Z');
const shown = '2024-02-29T12:34:56.000Z';
const oddKey = 'a & b &amp; <c> "d" \r\n\u0001 漢\u{1F600}]]>';
const owner = { id: 'f'.repeat(64), displayName: 'al & ice' };
const ownerOutline: Outline = [
  ['ID', 'f'.repeat(64)],
  ['DisplayName', 'al & ice'],
];

const entries = [
  { key: oddKey, sizeBytes: 0, etag: 'd41d8cd98f00b204e9800998ecf8427e', lastModified: date, storageClass: 'STANDARD' },
  {
    key: 'b',
    sizeBytes: 5_368_709_120,
    etag: '0123456789abcdef0123456789abcdef-2',
    lastModified: date,
    storageClass: 'STANDARD',
    checksumAlgorithm: 'CRC32',
    checksumType: 'COMPOSITE',
    owner,
  },
];
const entryOutlines: Outline = [
  [
    'Contents',
    [
      ['Key', oddKey],
      ['LastModified', shown],
      ['ETag', '"d41d8cd98f00b204e9800998ecf8427e"'],
      ['Size', '0'],
      ['StorageClass', 'STANDARD'],
    ],
  ],
  [
    'Contents',
    [
      ['Key', 'b'],
      ['LastModified', shown],
      ['ETag', '"0123456789abcdef0123456789abcdef-2"'],
      ['ChecksumAlgorithm', 'CRC32'],
      ['ChecksumType', 'COMPOSITE'],
      ['Size', '5368709120'],
      ['Owner', ownerOutline],
      ['StorageClass', 'STANDARD'],
    ],
  ],
  ['CommonPrefixes', [['Prefix', 'c & d/']]],
  ['CommonPrefixes', [['Prefix', 'e/']]],
];

const listing = {
  bucket: 'bucket',
  prefix: '',
  delimiter: '/',
  encodingType: 'url',
  maxKeys: 4,
  isTruncated: true,
  entries,
  commonPrefixes: ['c & d/', 'e/'],
};
const windowOutline: Outline = [
  ['MaxKeys', '4'],
  ['Delimiter', '/'],
  ['EncodingType', 'url'],
  ['IsTruncated', 'true'],
];

const upload = { uploadId: 'u1', owner, storageClass: 'STANDARD' };
const parts = [
  { partNumber: 1, sizeBytes: 5_242_880, etag: 'e1', lastModified: date },
  { partNumber: 7, sizeBytes: 1, etag: 'e7', lastModified: date, checksum: { algorithm: 'SHA256', value: 'A+/=' } },
];

describe.each<[string, string, string]>([
  [
    'list-objects',
    listObjectsDocument({ ...listing, marker: 'a', nextMarker: 'e/' }),
    byXmlJs('ListBucketResult', [
      ['Name', 'bucket'],
      ['Prefix', ''],
      ['Marker', 'a'],
      ['NextMarker', 'e/'],
      ...windowOutline,
      ...entryOutlines,
    ]),
  ],
  [
    'list-objects-v2',
    listObjectsV2Document({ ...listing, startAfter: 'A', continuationToken: 't1', nextContinuationToken: 't2' }),
    byXmlJs('ListBucketResult', [
      ['Name', 'bucket'],
      ['Prefix', ''],
      ['StartAfter', 'A'],
      ['ContinuationToken', 't1'],
      ['NextContinuationToken', 't2'],
      ['KeyCount', '4'],
      ...windowOutline,
      ...entryOutlines,
    ]),
  ],
  [
    'list-objects-v2-empty',
    listObjectsV2Document({
      bucket: 'bucket',
      prefix: 'x',
      maxKeys: 1000,
      isTruncated: false,
      entries: [],
      commonPrefixes: [],
    }),
    byXmlJs('ListBucketResult', [
      ['Name', 'bucket'],
      ['Prefix', 'x'],
      ['KeyCount', '0'],
      ['MaxKeys', '1000'],
      ['IsTruncated', 'false'],
    ]),
  ],
  [
    'list-multipart-uploads',
    listUploadsDocument({
      bucket: 'bucket',
      keyMarker: '',
      uploadIdMarker: '',
      nextKeyMarker: oddKey,
      nextUploadIdMarker: 'u1',
      prefix: '',
      delimiter: '/',
      maxUploads: 2,
      isTruncated: true,
      uploads: [
        { ...upload, key: oddKey, initiatedAt: date, checksumAlgorithm: 'CRC32C', checksumType: 'FULL_OBJECT' },
      ],
      commonPrefixes: ['p/'],
    }),
    byXmlJs('ListMultipartUploadsResult', [
      ['Bucket', 'bucket'],
      ['KeyMarker', ''],
      ['UploadIdMarker', ''],
      ['NextKeyMarker', oddKey],
      ['NextUploadIdMarker', 'u1'],
      ['Prefix', ''],
      ['Delimiter', '/'],
      ['MaxUploads', '2'],
      ['IsTruncated', 'true'],
      [
        'Upload',
        [
          ['Key', oddKey],
          ['UploadId', 'u1'],
          ['Initiator', ownerOutline],
          ['Owner', ownerOutline],
          ['StorageClass', 'STANDARD'],
          ['Initiated', shown],
          ['ChecksumAlgorithm', 'CRC32C'],
          ['ChecksumType', 'FULL_OBJECT'],
        ],
      ],
      ['CommonPrefixes', [['Prefix', 'p/']]],
    ]),
  ],
  [
    'list-parts',
    listPartsDocument({
      ...upload,
      bucket: 'bucket',
      key: oddKey,
      checksumAlgorithm: 'SHA256',
      checksumType: 'COMPOSITE',
      partNumberMarker: 0,
      nextPartNumberMarker: 7,
      maxParts: 2,
      isTruncated: true,
      parts,
    }),
    byXmlJs('ListPartsResult', [
      ['Bucket', 'bucket'],
      ['Key', oddKey],
      ['UploadId', 'u1'],
      ['Initiator', ownerOutline],
      ['Owner', ownerOutline],
      ['StorageClass', 'STANDARD'],
      ['PartNumberMarker', '0'],
      ['NextPartNumberMarker', '7'],
      ['MaxParts', '2'],
      ['IsTruncated', 'true'],
      ['ChecksumAlgorithm', 'SHA256'],
      ['ChecksumType', 'COMPOSITE'],
      [
        'Part',
        [
          ['PartNumber', '1'],
          ['LastModified', shown],
          ['ETag', '"e1"'],
          ['Size', '5242880'],
        ],
      ],
      [
        'Part',
        [
          ['PartNumber', '7'],
          ['LastModified', shown],
          ['ETag', '"e7"'],
          ['Size', '1'],
          ['ChecksumSHA256', 'A+/='],
        ],
      ],
    ]),
  ],
  [
    'delete-result',
    deleteResultDocument([
      { key: oddKey },
      { key: 'b', versionId: 'null' },
      { key: 'c', error: { code: 'PreconditionFailed', message: 'No & no' } },
    ]),
    byXmlJs('DeleteResult', [
      ['Deleted', [['Key', oddKey]]],
      [
        'Deleted',
        [
          ['Key', 'b'],
          ['VersionId', 'null'],
        ],
      ],
      [
        'Error',
        [
          ['Key', 'c'],
          ['Code', 'PreconditionFailed'],
          ['Message', 'No & no'],
        ],
      ],
    ]),
  ],
])('%s', (name, written, reference) => {
  it('is the golden file', () => {
    expect(written).toBe(golden(name));
  });

  it('is what xml-js writes', () => {
    expect(reference).toBe(golden(name));
  });
});
