import type { RawRequest } from '../transports/raw.ts';

/** What a raw request addresses; empty where it names none. */
export interface RawAddress {
  readonly bucket: string;
  /** As it goes on the request line, percent-encoded. */
  readonly key: string;
}

/** The host that reaches a bucket in virtual-host style, with the endpoint's port. */
export function virtualHost(bucket: string, domain: string, endpoint: URL): string {
  return `${bucket}.${domain}${endpoint.port === '' ? '' : `:${endpoint.port}`}`;
}

/** By the Host header if it is a bucket's, else by the path. */
export function rawAddress({ path, headers = [] }: Pick<RawRequest, 'path' | 'headers'>, domain?: string): RawAddress {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1].replace(/:\d+$/, '') ?? '';
  if (domain !== undefined && host.endsWith(`.${domain}`)) {
    return { bucket: host.slice(0, -domain.length - 1), key: path.slice(1) };
  }
  const match = /^\/([^/]+)\/?(.*)$/s.exec(path);
  return { bucket: match?.[1] ?? '', key: match?.[2] ?? '' };
}
