import { S3Error } from '../errors/s3-error.ts';
import { checksumAlgorithms, type ChecksumAlgorithm } from '../s3/checksum.ts';
import { bareEtag } from '../s3/etag.ts';
import { maxPartNumber } from '../s3/part-number.ts';
import { childText, parseXml, requireShape, type XmlElement } from './read.ts';

export interface CompletedPart {
  readonly partNumber: number;
  /** Bare. */
  readonly etag: string;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

const lackedChecksums = ['ChecksumMD5', 'ChecksumSHA512', 'ChecksumXXHASH3', 'ChecksumXXHASH64', 'ChecksumXXHASH128'];
const partChildren = [
  'PartNumber',
  'ETag',
  ...checksumAlgorithms.map((algorithm) => `Checksum${algorithm}`),
  ...lackedChecksums,
];

/**
 * The list of parts that CompleteMultipartUpload brings, in order. Throws MalformedXML (also for an empty list),
 * InvalidArgument for a part number out of bounds, InvalidPartOrder unless the numbers rise.
 */
export function parseCompletedParts(document: string): readonly CompletedPart[] {
  const root = parseXml(document);
  requireShape(root, 'CompleteMultipartUpload', ['Part']);
  const parts = root.children.map(parsePart);
  if (parts.length === 0 || parts.length > maxPartNumber) throw new S3Error('MalformedXML');
  let previous = 0;
  for (const { partNumber } of parts) {
    if (partNumber <= previous) throw new S3Error('InvalidPartOrder');
    previous = partNumber;
  }
  return parts;
}

function parsePart(part: XmlElement): CompletedPart {
  requireShape(part, 'Part', partChildren);
  const lacked = part.children.find((child) => lackedChecksums.includes(child.name));
  if (lacked !== undefined) {
    throw new S3Error('NotImplemented', { message: `The checksum ${lacked.name} is not implemented.` });
  }
  const etag = bareEtag(childText(part, 'ETag') ?? '');
  if (etag === '') throw new S3Error('MalformedXML');
  const named = checksumAlgorithms
    .map((algorithm) => ({ algorithm, value: childText(part, `Checksum${algorithm}`)?.trim() ?? '' }))
    .filter(({ value }) => value !== '');
  const [checksum, ...others] = named;
  if (others.length > 0) throw new S3Error('MalformedXML');
  const partNumber = parsePartNumberText(childText(part, 'PartNumber'));
  return checksum === undefined ? { partNumber, etag } : { partNumber, etag, checksum };
}

function parsePartNumberText(text: string | undefined): number {
  if (text === undefined || !/^-?\d{1,15}$/.test(text.trim())) throw new S3Error('MalformedXML');
  const partNumber = Number(text);
  if (partNumber >= 1 && partNumber <= maxPartNumber) return partNumber;
  throw new S3Error('InvalidArgument', {
    message: partNumber < 1 ? 'PartNumber must be >= 1' : `PartNumber must be <= ${String(maxPartNumber)}`,
    details: { ArgumentName: 'partNumber', ArgumentValue: String(partNumber) },
  });
}
