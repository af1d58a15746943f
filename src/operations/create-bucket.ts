import { checkAclHeaders } from '../s3/acl.ts';
import { checkLocationConstraint } from '../s3/location-constraint.ts';
import { checkBucketName } from '../s3/names.ts';
import { ownerId } from '../s3/owner.ts';
import { checkBucketTags } from '../s3/tagging.ts';
import { parseBucketConfiguration, type BucketConfiguration } from '../xml/buckets.ts';
import { requireBucketTags } from './bucket-tags.ts';
import { defineOperation, empty } from './operation.ts';
import { readXmlBody } from './xml-body.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket = defineOperation({
  name: 'CreateBucket',
  resource: 'bucket',
  async handle({ store, call, bucket, request, body, settings }) {
    checkBucketName(bucket);
    checkAclHeaders(request, ownerId(call.caller.userName), 'InvalidBucketAclWithObjectOwnership');
    const text = await readXmlBody(body);
    const configuration: BucketConfiguration = text.trim() === '' ? { tags: [] } : parseBucketConfiguration(text);
    checkLocationConstraint(configuration.locationConstraint, settings.region);
    checkBucketTags(configuration.tags);
    if (configuration.tags.length > 0) requireBucketTags(store);
    await store.createBucket(call, bucket, configuration.tags);
    return empty(200, { location: `/${bucket}`, 'x-amz-bucket-arn': `arn:aws:s3:::${bucket}` });
  },
});
