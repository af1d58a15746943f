const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** The body with which a bucket is made where the endpoint is: us-east-1 takes none, every other region has to be named. */
export function bucketConfiguration(region: string): string {
  if (region === 'us-east-1') return '';
  return `<CreateBucketConfiguration ${namespace}><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}
