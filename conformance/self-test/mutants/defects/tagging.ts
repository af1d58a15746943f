import type { Around, DefectClass } from '../mutant.ts';
import { condoned, inXml, instead, misanswered, misrefused, pretended, unchecked } from '../building-blocks.ts';
import { emptyAnswer, type S3Request } from '../s3-message.ts';

const tag = /<Tag>.*?<\/Tag>/gs;

const readAgain = (request: S3Request, method = 'GET'): S3Request =>
  request.with({
    method,
    query: [['tagging', '']],
    headers: request.headers.filter(([name]) => /^(host|authorization)$/i.test(name)),
    body: Buffer.alloc(0),
  });

/** New tags are added to the old ones. */
const merged: Around = instead('PutObjectTagging', async (request, send) => {
  const old = (await send(readAgain(request))).body.toString('utf8').match(tag) ?? [];
  const plain = request.withoutHeaders(/^(content-md5$|x-amz-checksum-|x-amz-sdk-checksum)/i);
  const isEmpty = request.body.includes('<TagSet/>');
  const edited = plain.withText((text) =>
    isEmpty
      ? text.replace('<TagSet/>', `<TagSet>${old.join('')}</TagSet>`)
      : text.replace('</TagSet>', `${old.join('')}</TagSet>`),
  );
  return send(edited);
});

/** An object that is written again keeps the tags of the old one. */
const surviving: Around = instead('PutObject', async (request, send) => {
  const old = await send(readAgain(request));
  const response = await send(request);
  const hadTags = response.isSuccess && old.body.includes('<Tag>');
  if (hadTags) await send(readAgain(request, 'PUT').with({ body: old.body }));
  return response;
});

export const tagging: DefectClass = {
  title: 'tags',
  mutants: [
    {
      name: 'object-tags-lost',
      defect: 'answers PutObjectTagging with 200 and keeps nothing',
      caughtBy: 'PutObjectTagging.object-tagging.two-tags',
      alsoRun: ['PutObjectTagging'],
      around: pretended('PutObjectTagging', 200),
    },
    {
      name: 'object-tags-merged',
      defect: 'adds new tags to the old ones',
      caughtBy: 'PutObjectTagging.object-tagging.replaces-all',
      around: merged,
    },
    {
      name: 'object-tags-survive',
      defect: 'keeps the tags of the old object when a key is written again',
      caughtBy: 'GetObjectTagging.object-tagging.overwritten-object',
      around: surviving,
    },
    {
      name: 'object-tags-not-deleted',
      defect: 'answers DeleteObjectTagging with 204 and keeps the tags',
      caughtBy: 'DeleteObjectTagging.object-tagging.with-tags',
      around: pretended('DeleteObjectTagging', 204),
    },
    {
      name: 'eleven-tags-condoned',
      defect: 'takes more than ten tags',
      caughtBy: 'PutObjectTagging.object-tagging.eleven-tags',
      around: condoned('PutObjectTagging', ['BadRequest']),
    },
    {
      name: 'tag-key-twice-condoned',
      defect: 'takes the same tag key twice, or one that is too long',
      caughtBy: 'PutObjectTagging.object-tagging.same-key-twice',
      around: condoned('PutObjectTagging', ['InvalidTag']),
    },
    {
      name: 'malformed-tags-condoned',
      defect: 'takes tags in XML that is not well-formed',
      caughtBy: 'PutObjectTagging.error-shape.not-well-formed',
      alsoRun: ['PutObjectTagging.document.*'],
      around: condoned('PutObjectTagging', ['MalformedXML']),
    },
    {
      name: 'tags-beyond-ascii-lost',
      defect: 'gives characters of tags beyond ASCII back as question marks',
      caughtBy: 'PutObjectTagging.object-tagging.beyond-ascii',
      alsoRun: ['PutBucketTagging'],
      around: misanswered(['GetObjectTagging', 'GetBucketTagging'], inXml(/[^ -~\s]/g, '?')),
    },
    {
      name: 'tags-of-missing-key-empty',
      defect: 'answers 200 for the tags of a key that is not there',
      caughtBy: 'GetObjectTagging.error-shape.missing-key',
      around: condoned('GetObjectTagging', ['NoSuchKey']),
    },
    {
      name: 'bucket-tags-lost',
      defect: 'answers PutBucketTagging with 204 and keeps nothing',
      caughtBy: 'PutBucketTagging.bucket-tagging.two-tags',
      alsoRun: ['PutBucketTagging'],
      around: pretended('PutBucketTagging', 204),
    },
    {
      name: 'bucket-tags-not-deleted',
      defect: 'answers DeleteBucketTagging with 204 and keeps the tags',
      caughtBy: 'DeleteBucketTagging.bucket-tagging.with-tags',
      around: pretended('DeleteBucketTagging', 204),
    },
    {
      name: 'no-bucket-tags-as-200',
      defect: 'answers 200 for the tags of a bucket that has none',
      caughtBy: 'GetBucketTagging.bucket-tagging.nothing-configured',
      around: misrefused('GetBucketTagging', (response) =>
        response.code === 'NoSuchTagSet' ? emptyAnswer(200) : response,
      ),
    },
    {
      name: 'bucket-tag-key-twice-condoned',
      defect: 'takes the same key twice in the tags of a bucket',
      caughtBy: 'PutBucketTagging.bucket-tagging.same-key-twice',
      around: condoned('PutBucketTagging', ['InvalidTag'], 204),
    },
    {
      name: 'malformed-bucket-tags-condoned',
      defect: 'takes tags of a bucket in XML that is not well-formed',
      caughtBy: 'PutBucketTagging.error-shape.not-well-formed',
      around: unchecked('PutBucketTagging', ['MalformedXML'], (request) =>
        request
          .withoutHeaders(/^(content-md5$|x-amz-checksum-)/i)
          .with({ body: Buffer.from('<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>') }),
      ),
    },
  ],
};
