import { describe, expect, it } from '@jest/globals';
import { S3Error } from '../../../errors/s3-error.ts';
import { OmError, OmOutcomeUnknown, OmUnavailable } from './om-error.ts';
import { adviceOn, toS3Error } from './om-status.ts';

const about = { bucket: 'b', key: 'k', uploadId: 'u' };
const noBlocks = 'Unable to find enough nodes that meet the space requirement of 1073741824 bytes';

describe('what the OM says, in terms of S3', () => {
  it.each([
    ['BUCKET_NOT_FOUND', 'NoSuchBucket', 404, { BucketName: 'b' }],
    ['VOLUME_NOT_FOUND', 'NoSuchBucket', 404, { BucketName: 'b' }],
    ['KEY_NOT_FOUND', 'NoSuchKey', 404, { Key: 'k' }],
    ['FILE_NOT_FOUND', 'NoSuchKey', 404, { Key: 'k' }],
    ['NO_SUCH_MULTIPART_UPLOAD_ERROR', 'NoSuchUpload', 404, { UploadId: 'u' }],
    ['PERMISSION_DENIED', 'AccessDenied', 403, {}],
    ['QUOTA_EXCEEDED', 'QuotaExceeded', 403, {}],
    ['INVALID_KEY_NAME', 'InvalidArgument', 400, {}],
    ['SCM_IN_SAFE_MODE', 'ServiceUnavailable', 503, {}],
    ['ATOMIC_WRITE_CONFLICT', 'ConditionalRequestConflict', 409, { Condition: 'If-None-Match' }],
    ['METADATA_ERROR', 'InternalError', 500, {}],
  ])('%s is %s', (status, code, httpStatus, details) => {
    expect(toS3Error(new OmError('CommitKey', status, 'why'), about)).toMatchObject({
      code,
      status: httpStatus,
      details,
    });
  });

  it('names the condition that did not hold', () => {
    const error = new OmError('CreateKey', 'ETAG_MISMATCH', '');
    const details = { Condition: 'If-Match' };
    expect(toS3Error(error, { ...about, condition: { ifMatch: 'e' } })).toMatchObject({
      code: 'PreconditionFailed',
      details,
    });
  });

  it('knows a cluster without datanodes by what the SCM says', () => {
    const error = new OmError('AllocateBlock', 'INTERNAL_ERROR', noBlocks);
    expect(toS3Error(error)).toMatchObject({ code: 'ServiceUnavailable', headers: { 'retry-after': '1' } });
    expect(adviceOn(error)).toContain('datanode');
  });

  it.each([new OmUnavailable('gone'), new OmOutcomeUnknown('CommitKey')])('asks to try again after %p', (error) => {
    expect(toS3Error(error)).toMatchObject({ code: 'ServiceUnavailable', headers: { 'retry-after': '1' } });
  });

  it('leaves all else as it is', () => {
    const others = [new S3Error('BadDigest'), new TypeError('x')];
    expect(others.map((error) => toS3Error(error))).toEqual(others);
  });
});
