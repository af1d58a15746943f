import { createHash } from 'node:crypto';
import { S3Error } from '../errors/s3-error.ts';
import { checksumHeader } from '../s3/checksum.ts';
import { checkChecksumForm } from './announced-checksum.ts';
import { BodyHash, type HashedBody } from './body-hash.ts';
import type { BodyPromises } from './body-promises.ts';

function checkSha256(promised: string | undefined, computed: string | undefined): void {
  if (promised === undefined || computed === undefined || promised === computed) return;
  throw new S3Error('XAmzContentSHA256Mismatch', {
    details: { ClientComputedContentSHA256: promised, S3ComputedContentSHA256: computed },
  });
}

function checkContentMd5(promised: string | undefined, md5: string): void {
  const computed = Buffer.from(md5, 'hex').toString('base64');
  if (promised === undefined || promised === computed) return;
  throw new S3Error('BadDigest', {
    message: 'The Content-MD5 you specified did not match what we received.',
    details: { ExpectedDigest: promised, CalculatedDigest: computed },
  });
}

const noTrailers: ReadonlyMap<string, string> = new Map();
const emptySha256 = createHash('sha256').digest('hex');

/**
 * Throws unless a body that was read to its end is the one that the client promised: XAmzContentSHA256Mismatch,
 * BadDigest, and MalformedTrailerError or InvalidRequest for a trailing checksum that did not come or is none.
 */
export function checkKept(promises: BodyPromises, body: HashedBody, trailers: ReadonlyMap<string, string>): void {
  const { digests, sha256 } = body;
  checkSha256(promises.sha256, sha256);
  checkContentMd5(promises.contentMd5, digests.md5);
  if (promises.checksum === undefined) return;
  const { algorithm } = promises.checksum;
  const value = promises.checksum.value ?? trailers.get(checksumHeader(algorithm));
  if (value === undefined) throw new S3Error('MalformedTrailerError');
  checkChecksumForm(algorithm, value);
  if (value === digests.checksum.value) return;
  throw new S3Error('BadDigest', {
    message: `The ${algorithm} you specified did not match the calculated checksum.`,
  });
}

/** The same for a body that is known to be empty, which operations without a body never read. */
export function checkKeptByNothing(promises: BodyPromises): void {
  checkSha256(promises.sha256, emptySha256);
  if (promises.contentMd5 === undefined && promises.checksum === undefined) return;
  const hash = new BodyHash(promises.checksum?.algorithm ?? 'CRC32', false);
  checkKept(promises, hash.finish(), noTrailers);
}
