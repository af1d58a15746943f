import { S3Error } from '../errors/s3-error.ts';

/** How a listing shows keys: as they are, or url-encoded for clients that cannot read every character in XML. */
export interface KeyEncoding {
  readonly encodingType?: 'url';
  readonly encode: (key: string) => string;
}

/** Throws InvalidArgument for any encoding-type but `url`. An empty one is none. */
export function parseEncodingType(value: string | undefined): KeyEncoding {
  if (value === undefined || value === '') return { encode: (key) => key };
  if (value === 'url') return { encodingType: 'url', encode: urlEncodeKey };
  throw new S3Error('InvalidArgument', {
    message: 'Invalid Encoding Method specified in Request',
    details: { ArgumentName: 'encoding-type', ArgumentValue: value },
  });
}

/** A space becomes %20, which every decoder reads; slashes stay. */
function urlEncodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
