import { decodeContinuationToken, encodeContinuationToken } from '../s3/continuation-token.ts';
import { parseMaxBuckets } from '../s3/list-parameters.ts';
import { checkRegionName } from '../s3/location-constraint.ts';
import { ownerOf } from '../s3/owner.ts';
import type { BucketPage } from '../storage/values.ts';
import { listBucketsDocument } from '../xml/buckets.ts';
import { defineOperation, xml } from './operation.ts';

const parameters = ['prefix', 'continuation-token', 'max-buckets', 'bucket-region'];

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets = defineOperation({
  name: 'ListBuckets',
  resource: 'service',
  async handle({ store, call, request, settings }) {
    const prefix = request.query('prefix');
    const token = request.query('continuation-token');
    const region = request.query('bucket-region');
    const limit = parseMaxBuckets(request.query('max-buckets'));
    const after = token === undefined ? {} : { after: decodeContinuationToken(token) };
    if (region !== undefined) checkRegionName(region, settings.region);
    const page: BucketPage =
      region === undefined || region === settings.region
        ? await store.listBuckets(call, { prefix: prefix ?? '', ...after, limit })
        : { buckets: [] };
    const isPaged = parameters.some((name) => request.query(name) !== undefined);
    return xml(
      listBucketsDocument({
        owner: ownerOf(call.caller.userName),
        buckets: page.buckets.map(({ name, createdAt }) => ({
          name,
          createdAt,
          ...(isPaged && { region: settings.region }),
        })),
        ...(page.next !== undefined && { continuationToken: encodeContinuationToken(page.next) }),
        ...(prefix !== undefined && { prefix }),
      }),
    );
  },
});
