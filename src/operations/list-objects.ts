import { listObjectsDocument } from '../xml/listings.ts';
import { listPage } from './object-listing.ts';
import { defineOperation, xml } from './operation.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects = defineOperation({
  name: 'ListObjects',
  resource: 'bucket',
  async handle(context) {
    const marker = context.request.query('marker') ?? '';
    const { listing, next, encode } = await listPage(context, marker, true);
    // Without a delimiter the last key is the next marker, and S3 leaves it to the client to see that.
    const isNamed = next !== undefined && listing.delimiter !== undefined;
    return xml(
      listObjectsDocument({ ...listing, marker: encode(marker), ...(isNamed && { nextMarker: encode(next) }) }),
    );
  },
});
