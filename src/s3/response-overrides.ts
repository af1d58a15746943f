import { S3Error } from '../errors/s3-error.ts';
import { systemHeaderNames } from './object-attributes.ts';
import type { RequestHead } from './request-head.ts';

// eslint-disable-next-line no-control-regex -- what no header value may carry
const unsendable = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/;

/**
 * The response-* query parameters of GetObject and HeadObject: headers to answer with in place of the object's own.
 * InvalidRequest for an unsigned request, InvalidArgument for what cannot stand in a header.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestParameters
 */
export function responseOverrides(head: RequestHead, isSigned: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of systemHeaderNames) {
    const value = head.query(`response-${name}`);
    if (value === undefined) continue;
    if (!isSigned) {
      throw new S3Error('InvalidRequest', {
        message: 'Request specific response headers cannot be used for anonymous GET requests.',
      });
    }
    if (unsendable.test(value)) {
      throw new S3Error('InvalidArgument', {
        message: 'Header value cannot be represented using ISO-8859-1.',
        details: { ArgumentName: `response-${name}`, ArgumentValue: value },
      });
    }
    if (value !== '') headers[name] = value;
  }
  return headers;
}
