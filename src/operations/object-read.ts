import { S3Error } from '../errors/s3-error.ts';
import type { Checksum } from '../s3/checksum.ts';
import { checkReadConditions, isRangeInForce } from '../s3/conditions.ts';
import type { ByteRange } from '../s3/object-attributes.ts';
import { checksumHeaders, describeObject, describeUnmodified } from '../s3/object-headers.ts';
import { locatePart, parsePartNumber } from '../s3/part-number.ts';
import { contentRange, invalidRange, parseRange, rangeLength } from '../s3/range.ts';
import { responseOverrides } from '../s3/response-overrides.ts';
import type { ObjectInfo } from '../storage/values.ts';
import type { ObjectContext, S3Request } from './operation.ts';

/** What a GetObject or HeadObject asks for, before the object is known. */
export interface RequestedRead {
  readonly partNumber?: number;
  readonly overrides: Readonly<Record<string, string>>;
}

/** How it is answered. */
export interface PlannedRead {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Absent: the whole object. */
  readonly range?: ByteRange;
}

/** Throws what can be refused without looking for the object. */
export function readRequest({ request, call }: ObjectContext): RequestedRead {
  const overrides = responseOverrides(request, call.caller.accessId !== 'anonymous');
  const partNumber = request.query('partNumber');
  if (partNumber === undefined) return { overrides };
  if (request.header('range') !== undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'Cannot specify both Range header and partNumber query parameter',
    });
  }
  return { overrides, partNumber: parsePartNumber(partNumber) };
}

/** Conditions first, then the part or the range. Throws PreconditionFailed, InvalidPartNumber, InvalidRange. */
export function planRead(request: S3Request, read: RequestedRead, info: ObjectInfo): PlannedRead {
  if (checkReadConditions(request, info) === 'not-modified') {
    return { status: 304, headers: describeUnmodified(info) };
  }
  const headers = Object.assign(describeObject(info), read.overrides);
  const range = read.partNumber === undefined ? requestedRange(request, info) : partRange(info, read.partNumber);
  if (request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED') {
    Object.assign(headers, checksumHeaders(checksumOf(info, read, range)));
  }
  if (read.partNumber !== undefined && info.partsCount !== undefined) {
    headers['x-amz-mp-parts-count'] = String(info.partsCount);
  }
  if (range === undefined) {
    headers['content-length'] = String(info.sizeBytes);
    return { status: 200, headers };
  }
  headers['content-length'] = String(rangeLength(range));
  headers['content-range'] = contentRange(range, info.sizeBytes);
  return { status: 206, headers, range };
}

function requestedRange(request: S3Request, info: ObjectInfo): ByteRange | undefined {
  const header = request.header('range');
  if (header === undefined || !isRangeInForce(request, info)) return undefined;
  const range = parseRange(header, info.sizeBytes);
  if (range === 'unsatisfiable') throw invalidRange(header, info.sizeBytes);
  return range;
}

/** An object that was stored in one piece is its own part 1. */
function partRange(info: ObjectInfo, partNumber: number): ByteRange | undefined {
  const parts = info.parts ?? [{ partNumber: 1, sizeBytes: info.sizeBytes }];
  const part = locatePart(parts, partNumber);
  if (part === undefined) {
    throw new S3Error('InvalidPartNumber', {
      details: { PartNumberRequested: String(partNumber), ActualPartCount: String(parts.length) },
    });
  }
  return part.sizeBytes === 0 ? undefined : { first: part.first, last: part.first + part.sizeBytes - 1 };
}

/** Of the bytes that are answered with: none is known for a range, and a part has its own. */
function checksumOf(info: ObjectInfo, read: RequestedRead, range: ByteRange | undefined): Checksum | undefined {
  if (info.checksum === undefined || info.parts === undefined || read.partNumber === undefined) {
    const isWhole = range === undefined || (range.first === 0 && range.last === info.sizeBytes - 1);
    return isWhole ? info.checksum : undefined;
  }
  const part = info.parts.find(({ partNumber }) => partNumber === read.partNumber);
  return part?.checksum === undefined ? undefined : { ...info.checksum, value: part.checksum };
}
