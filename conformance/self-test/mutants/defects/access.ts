import type { DefectClass } from '../mutant.ts';
import { unchecked } from '../building-blocks.ts';
import type { S3Request } from '../s3-message.ts';

/** The user whose buckets they are, as the target of these runs names it. */
const owner = 'conformance-first';

/** As if the owner had asked. */
const asOwner = (request: S3Request): S3Request => request.withHeader('authorization', `Credential=${owner}/`);

const denied = ['AccessDenied'];

export const access: DefectClass = {
  title: 'who may do what',
  mutants: [
    {
      name: 'wrong-signature-taken',
      defect: 'takes a write whose signature is wrong',
      caughtBy: 'PutObject.sigv4.wrong-signature',
      around: unchecked('PutObject', ['SignatureDoesNotMatch']),
    },
    {
      name: 'expired-url-taken',
      defect: 'takes a presigned URL that has expired',
      caughtBy: 'GetObject.presigned.expired',
      around: unchecked('GetObject', denied, (request) =>
        request.param('X-Amz-Expires') === undefined ? request : request.with({}),
      ),
    },
    {
      name: 'anonymous-listing',
      defect: 'lists a private bucket without a signature',
      caughtBy: 'ListObjectsV2.anonymous.private-bucket',
      alsoRun: ['ListObjects'],
      around: unchecked(['ListObjects', 'ListObjectsV2'], denied, asOwner),
    },
    {
      name: 'anonymous-deletion',
      defect: 'deletes without a signature',
      caughtBy: 'DeleteObjects.anonymous.refused',
      around: unchecked('DeleteObjects', denied, asOwner),
    },
    {
      name: 'anonymous-bucket',
      defect: 'makes a bucket for nobody',
      caughtBy: 'CreateBucket.anonymous.refused',
      around: unchecked('CreateBucket', denied, asOwner),
    },
    {
      name: 'bucket-deleted-by-anybody',
      defect: 'deletes a bucket for another account',
      caughtBy: 'DeleteBucket.second-account.refused',
      around: unchecked('DeleteBucket', denied, asOwner),
    },
    {
      name: 'tags-read-by-anybody',
      defect: 'gives the tags of an object to another account',
      caughtBy: 'GetObjectTagging.second-account.refused',
      around: unchecked('GetObjectTagging', denied, asOwner),
    },
    {
      name: 'tags-set-by-anybody',
      defect: 'sets the tags of an object for another account',
      caughtBy: 'PutObjectTagging.second-account.refused',
      around: unchecked('PutObjectTagging', denied, asOwner),
    },
    {
      name: 'acl-set-by-anybody',
      defect: 'sets the ACL of an object for another account',
      caughtBy: 'PutObjectAcl.second-account.refused',
      around: unchecked('PutObjectAcl', denied, asOwner),
    },
    {
      name: 'buckets-of-all-listed',
      defect: 'ListBuckets lists the buckets of all accounts',
      caughtBy: 'ListBuckets.second-account.own-buckets-only',
      around: async (request, send) => {
        const isOfSecond = request.header('authorization')?.includes('conformance-second') === true;
        return send(request.operation === 'ListBuckets' && isOfSecond ? asOwner(request) : request);
      },
    },
  ],
};
