import { S3Error } from '../errors/s3-error.ts';
import { decodeContinuationToken, encodeContinuationToken } from '../s3/continuation-token.ts';
import { listObjectsV2Document } from '../xml/listings.ts';
import { listPage } from './object-listing.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = defineOperation({
  name: 'ListObjectsV2',
  resource: 'bucket',
  async handle(context) {
    const { request } = context;
    checkListType(request.query('list-type') ?? '');
    const startAfter = request.query('start-after');
    const continuationToken = request.query('continuation-token');
    const after = continuationToken === undefined ? startAfter : decodeContinuationToken(continuationToken);
    const withOwner = request.query('fetch-owner')?.toLowerCase() === 'true';
    const { listing, next, encode } = await listPage(context, after, withOwner);
    return xml(
      listObjectsV2Document({
        ...listing,
        ...(startAfter !== undefined && startAfter !== '' && { startAfter: encode(startAfter) }),
        ...(continuationToken !== undefined && { continuationToken }),
        ...(next !== undefined && { nextContinuationToken: encodeContinuationToken(next) }),
      }),
    );
  },
});

function checkListType(value: string): void {
  if (value === '2') return;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid List Type specified in Request',
    details: { ArgumentName: 'list-type', ArgumentValue: value },
  });
}
