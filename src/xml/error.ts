import { element, optional, writeXml } from './write.ts';

export interface ErrorFields {
  readonly code: string;
  readonly message: string;
  /** Elements of this code alone, between Message and Resource. */
  readonly details: Readonly<Record<string, string>>;
  readonly resource: string | undefined;
  readonly requestId: string;
  readonly hostId: string;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses */
export function errorDocument(fields: ErrorFields): string {
  return writeXml(
    element('Error', [
      element('Code', fields.code),
      element('Message', fields.message),
      ...Object.entries(fields.details).map(([name, text]) => element(name, text)),
      optional('Resource', fields.resource),
      element('RequestId', fields.requestId),
      element('HostId', fields.hostId),
    ]),
  );
}
