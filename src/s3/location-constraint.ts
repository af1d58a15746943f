import { S3Error } from '../errors/s3-error.ts';

const defaultRegion = 'us-east-1';
/** How AWS names its regions, and the one alias. */
const regionName = /^(?:EU|[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2})$/;

/** As GetBucketLocation shows a region: us-east-1 has none. */
export function locationOf(region: string): string {
  return region === defaultRegion ? '' : region;
}

/**
 * Whether a bucket may be made here. Throws IllegalLocationConstraintException for another region than the
 * gateway's, InvalidLocationConstraint for what is none; us-east-1 is told by saying nothing.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export function checkLocationConstraint(constraint: string | undefined, region: string): void {
  if (constraint === undefined || constraint === '') {
    if (region === defaultRegion) return;
    throw illegal('The unspecified location constraint is incompatible for the region specific endpoint', '');
  }
  const asked = constraint === 'EU' && region === 'eu-west-1' ? region : constraint;
  if (asked === defaultRegion || !(asked === region || regionName.test(asked))) {
    throw new S3Error('InvalidLocationConstraint', { details: { LocationConstraint: constraint } });
  }
  if (asked !== region) {
    throw illegal(`The ${constraint} location constraint is incompatible for the region specific endpoint`, constraint);
  }
}

function illegal(beginning: string, constraint: string): S3Error {
  return new S3Error('IllegalLocationConstraintException', {
    message: `${beginning} this request was sent to.`,
    details: constraint === '' ? {} : { LocationConstraint: constraint },
  });
}

/** The bucket-region of ListBuckets: throws InvalidArgument for what is no region. */
export function checkRegionName(text: string, region: string): void {
  if (text === region || (regionName.test(text) && text !== 'EU')) return;
  throw new S3Error('InvalidArgument', {
    message: `Argument value ${text} is not a valid AWS Region`,
    details: { ArgumentName: 'bucket-region', ArgumentValue: text },
  });
}
