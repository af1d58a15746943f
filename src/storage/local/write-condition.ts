import { S3Error } from '../../errors/s3-error.ts';
import type { WriteCondition } from '../values.ts';
import type { ObjectRecord } from './records.ts';

/** Within the write that it guards. NoSuchKey, PreconditionFailed. */
export function checkCondition(
  condition: WriteCondition | undefined,
  existing: ObjectRecord | undefined,
  key: string,
): void {
  if (condition === undefined) return;
  if (condition.ifNoneMatch !== undefined && existing !== undefined) throw failed('If-None-Match');
  if (condition.ifMatch === undefined) return;
  if (existing === undefined) throw new S3Error('NoSuchKey', { details: { Key: key } });
  if (condition.ifMatch !== '*' && condition.ifMatch !== existing[1]) throw failed('If-Match');
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { details: { Condition: condition } });
}
