import { catalogue, type OperationName } from '../../../catalogue.ts';
import type { Around, DefectClass, Mutant } from '../mutant.ts';
import { condoned, inXml, instead, misanswered, misrefused, overlooked, pretended } from '../building-blocks.ts';
import { emptyAnswer } from '../s3-message.ts';
import { kebabOf } from '../operation-of.ts';

/** [operation, feature, the code that says that there is none]: a server that answers 200 instead. */
const unconfigured: readonly (readonly [OperationName, string])[] = [
  ['GetBucketCors', 'cors'],
  ['GetBucketLifecycleConfiguration', 'lifecycle'],
  ['GetBucketPolicy', 'policy'],
  ['GetBucketPolicyStatus', 'policy'],
  ['GetBucketReplication', 'replication'],
  ['GetBucketWebsite', 'website'],
  ['GetObjectLockConfiguration', 'object-lock'],
  ['GetPublicAccessBlock', 'bucket-configuration'],
];

const nothingAs200 = unconfigured.map(([operation, feature]): Mutant => ({
  name: `${kebabOf(operation)}-of-none-as-200`,
  defect: `${operation} answers 200 and nothing where nothing was configured`,
  caughtBy: `${operation}.${feature}.nothing-configured`,
  around: misrefused(operation, (response) =>
    response.status === 404 && response.code !== 'NoSuchBucket' ? emptyAnswer(200) : response,
  ),
}));

/** Reads of a sub-resource of a bucket. */
const configurationReads: readonly OperationName[] = [...catalogue.values()]
  .filter(({ name, method, resource }) => method === 'GET' && resource === 'bucket' && name.startsWith('Get'))
  .map(({ name }) => name);

function deletedStayListed(): Around {
  const deleted: string[] = [];
  return async (request, send) => {
    const response = await send(request);
    if (request.operation === 'DeleteBucket' && response.isSuccess) deleted.push(request.bucket);
    if (request.operation !== 'ListBuckets') return response;
    const date = '<CreationDate>2026-01-01T00:00:00.000Z</CreationDate>';
    const listed = deleted.map((name) => `<Bucket><Name>${name}</Name>${date}</Bucket>`).join('');
    return response.withText((text) => text.replace('</Buckets>', `${listed}</Buckets>`));
  };
}

export const buckets: DefectClass = {
  title: 'buckets',
  mutants: [
    {
      name: 'bucket-names-unchecked',
      defect: 'takes a name that no bucket may have',
      caughtBy: 'CreateBucket.bucket-naming.upper-case',
      around: condoned('CreateBucket', ['InvalidBucketName']),
    },
    {
      name: 'taken-name-given',
      defect: 'gives the bucket of another account to who asks for its name',
      caughtBy: 'CreateBucket.second-account.taken-name',
      around: condoned('CreateBucket', ['BucketAlreadyExists']),
    },
    {
      name: 'bucket-not-made',
      defect: 'answers CreateBucket with 200 and makes none',
      caughtBy: 'CreateBucket.bucket-basics.usable-at-once',
      alsoRun: ['CreateBucket'],
      around: pretended('CreateBucket', 200),
    },
    {
      name: 'no-location-of-bucket',
      defect: 'does not say where the new bucket is',
      caughtBy: 'CreateBucket.bucket-basics.location-header',
      around: misanswered('CreateBucket', (response) => response.withHeader('location')),
    },
    {
      name: 'public-acl-taken',
      defect: 'takes public-read for a new bucket, and makes it private',
      caughtBy: 'CreateBucket.acl.public-read',
      around: overlooked('CreateBucket', 'x-amz-acl'),
    },
    {
      name: 'malformed-bucket-configuration-taken',
      defect: 'makes a bucket whatever the body of the request is',
      caughtBy: 'CreateBucket.error-shape.body-not-well-formed',
      around: condoned('CreateBucket', ['MalformedXML']),
    },
    {
      name: 'full-bucket-deleted',
      defect: 'answers 204 when a bucket is deleted that has objects',
      caughtBy: 'DeleteBucket.non-empty-bucket.refused',
      around: condoned('DeleteBucket', ['BucketNotEmpty'], 204),
    },
    {
      name: 'bucket-not-deleted',
      defect: 'answers DeleteBucket with 204 and keeps the bucket',
      caughtBy: 'DeleteBucket.empty-bucket.removed',
      around: pretended('DeleteBucket', 204),
    },
    {
      name: 'missing-bucket-deleted',
      defect: 'answers 204 when a bucket is deleted that is not there',
      caughtBy: 'DeleteBucket.error-shape.missing-bucket',
      around: condoned('DeleteBucket', ['NoSuchBucket'], 204),
    },
    {
      name: 'head-of-missing-bucket-200',
      defect: 'answers HeadBucket with 200 for a bucket that is not there',
      caughtBy: 'HeadBucket.error-shape.missing-bucket',
      around: misrefused('HeadBucket', (response) => (response.status === 404 ? emptyAnswer(200) : response)),
    },
    {
      name: 'head-bucket-refused',
      defect: 'answers HeadBucket with 403 for a bucket of the caller',
      caughtBy: 'HeadBucket.bucket-basics.existing-bucket',
      around: misanswered('HeadBucket', () => emptyAnswer(403)),
    },
    {
      name: 'listed-buckets-without-date',
      defect: 'ListBuckets gives no dates',
      caughtBy: 'ListBuckets.list-buckets.own-bucket',
      around: misanswered('ListBuckets', inXml(/<CreationDate>.*?<\/CreationDate>/gs, '')),
    },
    {
      name: 'listed-buckets-without-owner',
      defect: 'ListBuckets names no owner',
      caughtBy: 'ListBuckets.list-buckets.document',
      around: misanswered('ListBuckets', inXml(/<Owner>.*?<\/Owner>/s, '')),
    },
    {
      name: 'prefix-of-buckets-ignored',
      defect: 'ListBuckets ignores prefix',
      caughtBy: 'ListBuckets.list-buckets.prefix',
      around: overlooked('ListBuckets', 'prefix'),
    },
    {
      name: 'max-buckets-ignored',
      defect: 'ListBuckets ignores max-buckets',
      caughtBy: 'ListBuckets.list-buckets.pages',
      around: overlooked('ListBuckets', 'max-buckets'),
    },
    {
      name: 'location-as-bare-text',
      defect: 'GetBucketLocation gives another document',
      caughtBy: 'GetBucketLocation.bucket-location.own-region',
      around: misanswered('GetBucketLocation', inXml(/<(\/?)LocationConstraint/g, '<$1Location')),
    },
    {
      name: 'location-of-elsewhere',
      defect: 'GetBucketLocation gives another region than the own one',
      caughtBy: 'GetBucketLocation.bucket-location.own-region',
      around: misanswered('GetBucketLocation', (response) =>
        response.withText(
          () => '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">mars</LocationConstraint>',
        ),
      ),
    },
    {
      name: 'versioning-said-to-be-on',
      defect: 'GetBucketVersioning says Enabled of a new bucket',
      caughtBy: 'GetBucketVersioning.versioning.nothing-configured',
      around: misanswered('GetBucketVersioning', (response) =>
        response.withText(
          () =>
            '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>',
        ),
      ),
    },
    {
      name: 'ownership-of-writers',
      defect: 'GetBucketOwnershipControls says that objects belong to who wrote them',
      caughtBy: 'GetBucketOwnershipControls.ownership.nothing-configured',
      around: misanswered('GetBucketOwnershipControls', inXml(/BucketOwnerEnforced/, 'ObjectWriter')),
    },
    {
      name: 'acl-without-grant',
      defect: 'GetBucketAcl and GetObjectAcl give no grant',
      caughtBy: 'GetBucketAcl.acl.default',
      alsoRun: ['GetObjectAcl'],
      around: misanswered(['GetBucketAcl', 'GetObjectAcl'], inXml(/<Grant>.*<\/Grant>/s, '')),
    },
    {
      name: 'public-acl-of-bucket-ignored',
      defect: 'answers PutBucketAcl with 200 for a document that grants to everyone and keeps the bucket private',
      caughtBy: 'PutBucketAcl.acl.document-grant-to-everyone',
      around: instead('PutBucketAcl', async (request, send) => {
        const response = await send(request);
        const isDocument = request.body.length > 0 && response.code === 'AccessControlListNotSupported';
        return isDocument ? emptyAnswer(200) : response;
      }),
    },
    {
      name: 'public-acl-of-object-ignored',
      defect: 'answers PutObjectAcl with 200 for a public ACL and keeps the object private',
      caughtBy: 'PutObjectAcl.acl.public-read',
      around: condoned('PutObjectAcl', ['AccessControlListNotSupported']),
    },
    {
      name: 'public-acl-refused-as-403',
      defect: 'answers 403 instead of 400 to an ACL that Object Ownership forbids',
      caughtBy: 'PutBucketAcl.acl.public-read',
      around: misrefused('PutBucketAcl', (response) => response.with({ status: 403 })),
    },
    {
      name: 'acl-documents-refused',
      defect: 'refuses the ACL of an object as it was read',
      caughtBy: 'PutObjectAcl.acl.owner-alone',
      around: instead('PutObjectAcl', async (request, send) =>
        request.body.length > 0 ? emptyAnswer(400) : send(request),
      ),
    },
    {
      name: 'acl-of-another-owner',
      defect: 'GetBucketAcl names another owner than ListBuckets',
      caughtBy: 'GetBucketAcl.acl.owner-is-who-lists',
      around: misanswered('GetBucketAcl', inXml(/<ID>.*?<\/ID>/gs, '<ID>nobody</ID>')),
    },
    {
      name: 'deleted-buckets-listed',
      defect: 'ListBuckets lists buckets that are deleted',
      caughtBy: 'ListBuckets.list-buckets.deleted-bucket',
      around: deletedStayListed(),
    },
    {
      name: 'configuration-of-missing-bucket',
      defect: 'answers 200 to whoever reads a configuration of a bucket that is not there',
      caughtBy: 'GetBucketPolicy.error-shape.missing-bucket',
      alsoRun: configurationReads,
      around: condoned(configurationReads, ['NoSuchBucket']),
    },
    {
      name: 'private-acl-refused',
      defect: 'refuses the ACL that a bucket has anyway',
      caughtBy: 'PutBucketAcl.acl.owner-alone',
      around: instead('PutBucketAcl', async () => emptyAnswer(403)),
    },
    ...nothingAs200,
  ],
};
