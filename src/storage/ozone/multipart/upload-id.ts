import { checksumAlgorithms } from '../../../s3/checksum.ts';
import type { UploadChecksum } from '../../values.ts';

/**
 * The id that a client gets: the OM's own id of the upload and, where the upload was begun with a checksum, its
 * algorithm and type, so that every gateway knows them without asking: `<uuid>-<number>.crc64nvme-full_object`.
 * The OM's number is its clock in milliseconds and 16 bits of a counter (org.apache.hadoop.ozone's UniqueId).
 */
export interface UploadId {
  readonly omId: string;
  readonly checksum: UploadChecksum | undefined;
  readonly initiatedAt: Date;
}

const pattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-([1-9]\d{0,18}))(?:\.([a-z0-9]+)-([a-z_]+))?$/;
const counterBits = 16n;

export function formatUploadId(omId: string, checksum: UploadChecksum | undefined): string {
  return checksum === undefined ? omId : `${omId}.${formatUploadChecksum(checksum)}`;
}

/** Undefined for what is no id of an upload. */
export function parseUploadId(text: string): UploadId | undefined {
  const [, omId = '', number = '', algorithm, type] = pattern.exec(text) ?? [];
  if (omId === '') return undefined;
  const checksum = algorithm === undefined ? undefined : parseUploadChecksum(`${algorithm}-${type ?? ''}`);
  if (algorithm !== undefined && checksum === undefined) return undefined;
  return { omId, checksum, initiatedAt: new Date(Number(BigInt(number) >> counterBits)) };
}

export function formatUploadChecksum({ algorithm, type }: UploadChecksum): string {
  return `${algorithm}-${type}`.toLowerCase();
}

export function parseUploadChecksum(text: string): UploadChecksum | undefined {
  const [algorithmName, typeName] = text.toUpperCase().split('-');
  const algorithm = checksumAlgorithms.find((name) => name === algorithmName);
  const type = (['COMPOSITE', 'FULL_OBJECT'] as const).find((name) => name === typeName);
  return algorithm === undefined || type === undefined ? undefined : { algorithm, type };
}

/** When an upload was begun among others; ids that are none of the OM's come first. */
export interface UploadOrder {
  readonly number: bigint;
  readonly id: string;
}

export function uploadOrder(uploadId: string): UploadOrder {
  const [, id = uploadId, number = '0'] = pattern.exec(uploadId) ?? [];
  return { number: BigInt(number), id };
}

export function compareUploadOrders(a: UploadOrder, b: UploadOrder): number {
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
