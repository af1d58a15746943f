import { catalogue } from '../../../catalogue.ts';
import type { Around, DefectClass } from '../mutant.ts';
import { instead, unchecked } from '../building-blocks.ts';
import { emptyAnswer, type S3Request } from '../s3-message.ts';

/** The user whose buckets they are, as the target of these runs names it. */
const owner = 'conformance-first';

/** As if the owner had asked. */
const asOwner = (request: S3Request): S3Request => request.withHeader('authorization', `Credential=${owner}/`);

const denied = ['AccessDenied'];

/** By ListBuckets the suite finds out whether signatures are checked at all. */
const butListBuckets = [...catalogue.keys()].filter((operation) => operation !== 'ListBuckets');

function refusedWhere(isMeant: (request: S3Request) => boolean): Around {
  return instead('PutObject', async (request, send) => (isMeant(request) ? emptyAnswer(403) : send(request)));
}

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
      name: 'signatures-unchecked',
      defect: 'takes whatever signature there is',
      caughtBy: 'GetObject.sigv4.wrong-signature',
      alsoRun: ['sigv4', 'presigned'],
      around: unchecked(butListBuckets, ['SignatureDoesNotMatch', '403']),
    },
    {
      name: 'scope-unchecked',
      defect: 'takes a signature whose scope is of another day or service, or whose parts are missing',
      caughtBy: 'PutObject.sigv4.other-service',
      alsoRun: ['PutObject.presigned.*'],
      around: unchecked('PutObject', ['AuthorizationHeaderMalformed', 'AuthorizationQueryParametersError'], asOwner),
    },
    {
      name: 'region-unchecked',
      defect: 'takes a signature for another region',
      caughtBy: 'PutObject.sigv4.other-region',
      around: unchecked('PutObject', ['AuthorizationHeaderMalformed'], asOwner),
    },
    {
      name: 'clock-unchecked',
      defect: 'takes a signature of any age',
      caughtBy: 'PutObject.sigv4.twenty-minutes-old',
      around: unchecked('PutObject', ['RequestTimeTooSkewed']),
    },
    {
      name: 'clock-of-five-minutes',
      defect: 'refuses a signature that is more than five minutes old, or early',
      caughtBy: 'PutObject.sigv4.ten-minutes-old',
      around: refusedWhere((request) => {
        const stamp = request.header('x-amz-date') ?? '';
        const date = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
        return Math.abs(Date.now() - Date.parse(date)) > 300_000;
      }),
    },
    {
      name: 'unknown-access-key-taken',
      defect: 'takes an access key of nobody',
      caughtBy: 'PutObject.sigv4.unknown-access-key',
      alsoRun: ['PutObject.presigned.*'],
      around: unchecked('PutObject', ['InvalidAccessKeyId'], asOwner),
    },
    {
      name: 'unsigned-headers-taken',
      defect: 'takes x-amz- headers that are not signed, and dates that are none',
      caughtBy: 'PutObject.sigv4.header-not-signed',
      alsoRun: ['PutObject.presigned.*', 'PutObject.anonymous.*'],
      around: unchecked('PutObject', denied, asOwner),
    },
    {
      name: 'payload-hash-not-asked-for',
      defect: 'takes a request without a payload hash, or with one that is none',
      caughtBy: 'PutObject.sigv4.payload-hash-malformed',
      around: unchecked('PutObject', ['InvalidArgument', 'InvalidRequest']),
    },
    {
      name: 'unsigned-payload-refused',
      defect: 'refuses UNSIGNED-PAYLOAD',
      caughtBy: 'PutObject.sigv4.unsigned-payload',
      around: refusedWhere((request) => request.header('x-amz-content-sha256') === 'UNSIGNED-PAYLOAD'),
    },
    {
      name: 'authorization-without-spaces-refused',
      defect: 'refuses an Authorization without spaces after its commas',
      caughtBy: 'PutObject.sigv4.commas-without-spaces',
      around: refusedWhere((request) => /,\S/.test(request.header('authorization') ?? '')),
    },
    {
      name: 'signed-metadata-refused',
      defect: 'computes another signature where metadata are signed',
      caughtBy: 'PutObject.sigv4.header-with-spaces',
      around: refusedWhere((request) => /SignedHeaders=\S*x-amz-meta-/.test(request.header('authorization') ?? '')),
    },
    {
      name: 'all-headers-have-to-be-signed',
      defect: 'refuses a Content-Type that is not signed',
      caughtBy: 'PutObject.sigv4.header-not-of-amazon-unsigned',
      around: refusedWhere(
        (request) =>
          request.header('content-type') !== undefined &&
          /SignedHeaders=(?!\S*content-type)/.test(request.header('authorization') ?? ''),
      ),
    },
    {
      name: 'urls-unknown',
      defect: 'does not know presigned URLs',
      caughtBy: 'GetObject.presigned.signed-query',
      alsoRun: ['presigned', 'PutObject.presigned.*'],
      around: async (request, send) =>
        request.param('X-Amz-Signature') === undefined ? send(request) : emptyAnswer(403),
    },
    {
      name: 'week-long-url-refused',
      defect: 'refuses a URL that is good for more than a day',
      caughtBy: 'GetObject.presigned.seven-days',
      around: instead('GetObject', async (request, send) =>
        Number(request.param('X-Amz-Expires') ?? 0) > 86_400 ? emptyAnswer(403) : send(request),
      ),
    },
    {
      name: 'anonymous-taken',
      defect: 'takes what nobody has signed',
      caughtBy: 'GetObject.anonymous.refused',
      alsoRun: ['anonymous'],
      around: unchecked(butListBuckets, [...denied, '403'], (request) =>
        request.header('authorization') === undefined ? asOwner(request) : request,
      ),
    },
    {
      name: 'anybody-taken',
      defect: 'lets each account do everything',
      caughtBy: 'GetObject.second-account.refused',
      alsoRun: ['second-account'],
      around: unchecked(butListBuckets, [...denied, '403'], asOwner),
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
