/** A region that is not the target's. */
export function otherRegion(region: string): string {
  return region === 'eu-west-3' ? 'us-east-1' : 'eu-west-3';
}
