import { abortMultipartUpload } from './abort-multipart-upload.ts';
import { completeMultipartUpload } from './complete-multipart-upload.ts';
import { copyObject } from './copy-object.ts';
import { createMultipartUpload } from './create-multipart-upload.ts';
import { deleteObject } from './delete-object.ts';
import { getObjectAttributes } from './get-object-attributes.ts';
import { getObject } from './get-object.ts';
import { headObject } from './head-object.ts';
import type { Operation } from './operation.ts';
import { putObject } from './put-object.ts';
import { uploadPartCopy } from './upload-part-copy.ts';
import { uploadPart } from './upload-part.ts';

/** Every implemented operation, by name; all others of the catalogue answer 501 NotImplemented. */
export const operations: readonly Operation[] = [
  abortMultipartUpload,
  completeMultipartUpload,
  copyObject,
  createMultipartUpload,
  deleteObject,
  getObject,
  getObjectAttributes,
  headObject,
  putObject,
  uploadPart,
  uploadPartCopy,
];
