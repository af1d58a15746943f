/** What must not be in anything a run writes. */
export interface Secrets {
  /** Access keys, secret keys, tokens. */
  readonly keys: readonly string[];
  /** Hosts and `host:port`s that reach the server. */
  readonly hosts: readonly string[];
}

const secretHeaders = new Set([
  'authorization',
  'cookie',
  'host',
  'set-cookie',
  'x-amz-security-token',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
]);

const signatures: readonly RegExp[] = [
  /((?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId)=)[^&\s"<]*/gi,
  /(chunk-signature=|x-amz-trailer-signature:)[0-9a-f]{64}/g,
  /(<(?:SignatureProvided|AWSAccessKeyId|StringToSignBytes|CanonicalRequestBytes)>)[^<]*/g,
];

export type Redact = (text: string) => string;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whole words alone: a key of one letter must not eat the text it stands in. */
function wordsOf(secrets: readonly string[]): RegExp | undefined {
  const known = [...new Set(secrets.filter((one) => one !== ''))].sort((a, b) => b.length - a.length);
  if (known.length === 0) return undefined;
  return new RegExp(`(?<![A-Za-z0-9_-])(?:${known.map(escaped).join('|')})(?![A-Za-z0-9_-])`, 'g');
}

/** Takes keys, hosts and signatures out of a text. */
export function redactor({ keys, hosts }: Secrets): Redact {
  const keyWords = wordsOf(keys);
  const hostWords = wordsOf(hosts);
  return (text) => {
    const unsigned = signatures.reduce((rest, pattern) => rest.replace(pattern, '$1(redacted)'), text);
    const keyless = keyWords === undefined ? unsigned : unsigned.replace(keyWords, '(key)');
    return hostWords === undefined ? keyless : keyless.replace(hostWords, '(host)');
  };
}

/** Headers that carry a secret keep their name alone. */
export function redactHeaders(headers: Readonly<Record<string, string>>, redact: Redact): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name) ? '(redacted)' : redact(value)]),
  );
}
