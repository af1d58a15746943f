/** What a case may require of the target or of the run; a missing one skips the case and names it. */
export const capabilities = {
  'bucket.create': 'the key pair may create buckets',
  'second-account': 'a second key pair: --second-access-key and --second-secret-key',
  'account-id': 'the id of the account: --account-id',
  anonymous: 'anonymous requests allowed against the target: --anonymous',
  vhost: 'a virtual-host domain that reaches the target: --domain',
  tls: 'an https endpoint',
  'large-object': 'objects of 5 MiB and more: not switched off by --no-large',
  slow: 'cases that take long: --slow',
  'auth-enforced': 'the target refuses a wrong secret key',
  'region-strict': 'the target refuses a signature for another region',
  'acl-enabled': 'the target stores ACLs other than the default',
  'acl-enforced-owner': 'the target runs with Object Ownership BucketOwnerEnforced, as AWS does by default',
} as const;

export type Capability = keyof typeof capabilities;
