type Advice = Readonly<Record<string, string>>;

/** What to do about a refused key pair, by error code. */
export const keyProblems: Advice = {
  InvalidAccessKeyId: 'check --access-key: the endpoint does not know this access key.',
  SignatureDoesNotMatch: 'check --secret-key: the access key is known, but the secret does not fit it.',
  InvalidToken: 'check the session token.',
  ExpiredToken: 'get a new session token: this one has expired.',
  RequestTimeTooSkewed: "set this machine's clock: it is too far from the endpoint's.",
  RequestExpired: "set this machine's clock: it is too far from the endpoint's.",
  AuthorizationHeaderMalformed: 'check --region: the endpoint wants signatures for another one.',
};

/** What to do about a connection that failed, by the code of the socket. */
export const connectionProblems: Advice = {
  ECONNREFUSED: 'nothing listens there: start the server, or check the port in --endpoint.',
  ENOTFOUND: 'the host name does not resolve: check --endpoint.',
  EAI_AGAIN: 'the host name does not resolve: check --endpoint and the name server.',
  ETIMEDOUT: 'nothing takes the connection: check the address in --endpoint, and firewalls.',
  EHOSTUNREACH: 'there is no way to that address: check --endpoint.',
  ECONNRESET: 'the connection was closed: check that this is an S3 port, and http or https.',
  EPROTO: 'TLS failed: check whether the endpoint is http or https.',
};

/** Codes and words of a certificate that is signed by somebody unknown. */
export const tlsProblem = /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|self-signed certificate|unable to (?:verify|get)/i;

/** What to do when a bucket cannot be made, by error code or status. */
export const createProblems: Advice = {
  AccessDenied: 'let the key pair create buckets, or give empty ones: --bucket-mode existing --buckets a,b,c.',
  TooManyBuckets:
    'remove buckets (those of earlier runs: s3-conformance cleanup --older-than 24), or run with --bucket-mode pool.',
  500: 'look into the log of the server.',
  503: 'look into the log of the server.',
};
