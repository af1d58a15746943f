import { checksumAlgorithms, type ChecksumAlgorithm } from '../../../s3/checksum.ts';

/** What the client knows a part's ETag to be, and the checksum that this gateway keeps beside it. */
export interface PartEtag {
  /** MD5 in hex, or what another client made the part's ETag. */
  readonly etag: string;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

const pattern = /^([0-9a-f]{32})\.([A-Z0-9]+)=([A-Za-z0-9+/]+={0,2})$/;

/**
 * The OM gives of a part's metadata only the ETag back (ListMultipartUploadParts), so that the checksum rides on it:
 * `<md5>.CRC32=<base64>`.
 */
export function formatPartEtag({ etag, checksum }: PartEtag): string {
  return checksum === undefined ? etag : `${etag}.${checksum.algorithm}=${checksum.value}`;
}

export function parsePartEtag(text: string): PartEtag {
  const [, etag, name, value] = pattern.exec(text) ?? [];
  const algorithm = checksumAlgorithms.find((known) => known === name);
  if (etag === undefined || value === undefined || algorithm === undefined) return { etag: text, checksum: undefined };
  return { etag, checksum: { algorithm, value } };
}
