import type { DefectClass, Send } from '../mutant.ts';
import { condoned, instead, misanswered, misread, overlooked } from '../building-blocks.ts';
import { emptyAnswer, type S3Request } from '../s3-message.ts';

/** [name, of what, headers, the case] */
const asked: readonly (readonly [string, string, RegExp, string])[] = [
  ['object-lock', 'Object Lock', /^x-amz-(object-lock|bypass)-/i, 'PutObject.object-lock.governance'],
  ['storage-class', 'storage classes', /^x-amz-storage-class$/i, 'PutObject.storage-class.glacier'],
  ['acl', 'ACLs', /^x-amz-(acl|grant-.*)$/i, 'PutObject.acl.public-read'],
  [
    'server-side-encryption',
    'encryption',
    /^x-amz-(copy-source-)?server-side-encryption/i,
    'PutObject.server-side-encryption.unknown',
  ],
];

export const writing: DefectClass = {
  title: 'writing objects',
  mutants: [
    {
      name: 'user-metadata-not-kept',
      defect: 'does not keep user metadata',
      caughtBy: 'PutObject.user-metadata.given-back',
      alsoRun: ['HeadObject'],
      around: misread('PutObject', (request) => request.withoutHeaders(/^x-amz-meta-/i)),
    },
    {
      name: 'content-type-not-kept',
      defect: 'does not keep the content type',
      caughtBy: 'PutObject.system-headers.content-type',
      around: overlooked('PutObject', 'content-type'),
    },
    {
      name: 'tags-not-kept',
      defect: 'does not keep the tags that come with an object',
      caughtBy: 'PutObject.tagging.header',
      alsoRun: ['GetObjectTagging'],
      around: overlooked('PutObject', 'x-amz-tagging'),
    },
    {
      name: 'etag-no-md5',
      defect: 'gives an ETag that is no digest of the object',
      caughtBy: 'PutObject.round-trip.small-body',
      alsoRun: ['consistency'],
      around: misanswered(['PutObject', 'GetObject', 'HeadObject'], (response) =>
        response.withHeader('ETag', `"${'0'.repeat(32)}"`),
      ),
    },
    {
      name: 'no-etag',
      defect: 'answers PutObject without an ETag',
      caughtBy: 'PutObject.size.bytes-1',
      around: misanswered('PutObject', (response) => response.withHeader('etag')),
    },
    {
      name: 'body-lost',
      defect: 'stores an empty object for what is larger than 64 KiB',
      caughtBy: 'PutObject.size.bytes-65537',
      around: misread('PutObject', (request) =>
        request.body.length > 65_536
          ? request.withoutHeaders(/^x-amz-checksum-|^content-md5$/i).with({ body: Buffer.alloc(0) })
          : request,
      ),
    },
    {
      name: 'empty-object-refused',
      defect: 'refuses an object of no bytes',
      caughtBy: 'PutObject.size.bytes-0',
      around: instead('PutObject', async (request, send) =>
        request.body.length === 0 && request.header('content-length') !== undefined ? emptyAnswer(400) : send(request),
      ),
    },
    {
      name: 'overwriting-ignored',
      defect: 'keeps the old object when a key is written again',
      caughtBy: 'PutObject.user-metadata.replaced-with-the-object',
      around: instead('PutObject', async (request, send) => {
        const old = await send(
          request
            .with({ method: 'HEAD', headers: [], body: Buffer.alloc(0) })
            .withHeader('authorization', request.header('authorization'))
            .withHeader('host', request.header('host')),
        );
        return old.isSuccess ? emptyAnswer(200).withHeader('ETag', old.header('etag')) : send(request);
      }),
    },
    {
      name: 'long-key-condoned',
      defect: 'answers 200 for a key of more than 1,024 bytes',
      caughtBy: 'PutObject.key.too-long',
      around: condoned('PutObject', ['KeyTooLongError']),
    },
    {
      name: 'bucket-made-by-writing',
      defect: 'makes the bucket that an object is written into',
      caughtBy: 'PutObject.bucket.missing',
      around: instead('PutObject', async (request, send) => {
        const response = await send(request);
        if (response.code !== 'NoSuchBucket') return response;
        await send(
          request
            .withoutHeaders(/^(x-amz-(?!date)|content-)/i)
            .with({ path: `/${request.bucket}`, body: Buffer.alloc(0) }),
        );
        return send(request.with({}));
      }),
    },
    {
      name: 'length-not-asked-for',
      defect: 'takes a request without Content-Length for an empty object',
      caughtBy: 'PutObject.content-length.missing',
      around: condoned('PutObject', ['MissingContentLength']),
    },
    ...(
      [
        ['x-amz-server-side-encryption', 'PutObject.lacked-feature.sse-s3'],
        ['x-amz-object-lock-legal-hold', 'PutObject.lacked-feature.legal-hold'],
        ['x-amz-website-redirect-location', 'PutObject.lacked-feature.website-redirect'],
      ] as const
    ).map(([header, caughtBy]) => ({
      name: `${header.slice('x-amz-'.length)}-header-ignored`,
      defect: `passes over ${header}`,
      caughtBy,
      alsoRun: ['header-refusal'],
      around: overlooked(['PutObject', 'CreateMultipartUpload', 'CopyObject'], header),
    })),
    ...asked.map(([name, what, pattern, caughtBy]) => ({
      name: `${name}-ignored`,
      defect: `passes over headers of ${what}`,
      caughtBy,
      alsoRun: [`*.${name}.*`],
      around: async (request: S3Request, send: Send) => {
        // By PutBucketAcl the suite finds out whether ACLs are kept at all.
        const isMeant =
          request.operation !== 'PutBucketAcl' && request.headers.some(([header]) => pattern.test(header));
        return send(isMeant ? request.withoutHeaders(pattern) : request);
      },
    })),
    {
      name: 'acl-headers-refused',
      defect: 'refuses an ACL that the object has anyway',
      caughtBy: 'PutObject.acl.bucket-owner-full-control',
      alsoRun: ['CopyObject.acl.*', 'CreateMultipartUpload.acl.*', 'CreateBucket.acl.*'],
      around: instead(['PutObject', 'CopyObject', 'CreateMultipartUpload', 'CreateBucket'], async (request, send) =>
        request.header('x-amz-acl') === undefined ? send(request) : emptyAnswer(400),
      ),
    },
    {
      name: 'cut-off-body-stored',
      defect: 'stores what has come of a body that ends early',
      caughtBy: 'PutObject.http.connection-half-closed',
      alsoRun: ['*.http.connection-*'],
      around: async (request, send) => send(request.isCutOff ? request.with({}) : request),
    },
    {
      name: 'encryption-by-customer-key-ignored',
      defect: 'stores unencrypted what should be encrypted with a key of the customer',
      caughtBy: 'PutObject.lacked-feature.sse-c',
      around: misread('PutObject', (request) =>
        request.header('x-amz-server-side-encryption-customer-key') === undefined
          ? request
          : request.withoutHeaders(/^x-amz-server-side-encryption-customer-/i),
      ),
    },
    {
      name: 'bucket-owner-not-compared',
      defect: 'ignores x-amz-expected-bucket-owner',
      caughtBy: 'PutObject.expected-bucket-owner.other',
      alsoRun: ['expected-bucket-owner'],
      around: async (request, send) => {
        const isSent = request.header('x-amz-expected-bucket-owner') !== undefined;
        return send(isSent ? request.withHeader('x-amz-expected-bucket-owner') : request);
      },
    },
    {
      name: 'post-overwrites',
      defect: 'takes a POST of an object for a PUT',
      caughtBy: 'PutObject.method.post',
      around: async (request, send) => {
        const isPlainPost = request.method === 'POST' && request.key !== '' && request.query.length === 0;
        return send(isPlainPost ? request.with({ method: 'PUT' }) : request);
      },
    },
    {
      name: 'unknown-sub-resource-overwrites',
      defect: 'takes PUT ?restore and ?select for a plain PUT',
      caughtBy: 'PutObject.sub-resource.restore',
      around: async (request, send) => {
        const isMeant = request.method === 'PUT' && ['restore', 'select'].some((name) => request.param(name) === '');
        return send(isMeant && request.key !== '' ? request.with({ query: [] }) : request);
      },
    },
    {
      name: 'part-without-number-overwrites',
      defect: 'takes PUT ?uploadId without a partNumber for a plain PUT',
      caughtBy: 'UploadPart.upload-id.without-part-number',
      around: overlooked('PutObject', 'uploadId'),
    },
    {
      name: 'unknown-storage-class-taken',
      defect: 'takes a storage class that does not exist',
      caughtBy: 'PutObject.storage-class.unknown',
      around: overlooked('PutObject', 'x-amz-storage-class'),
    },
  ],
};
