/** What of a request the protocol modules look at; every S3Request fits. */
export interface RequestHead {
  /** First value of a header by its lower-case name, decoded as UTF-8. */
  header(name: string): string | undefined;
  /** All headers as they came, lower-case names, in order. */
  readonly headerList: readonly (readonly [name: string, value: string])[];
  /** First value of a query parameter, percent-decoded; an empty string when it stands without a value. */
  query(name: string): string | undefined;
}

/** All values of a header that may come as a list, on one line or on several (RFC 9110 section 5.3). */
export function joinedHeader(head: RequestHead, name: string): string | undefined {
  if (head.header(name) === undefined) return undefined;
  const values = head.headerList.filter(([candidate]) => candidate === name).map(([, value]) => value);
  return values.join(', ');
}

/** The head of a request made of plain values, for the unit tests of the modules that read one. */
export function requestHead(headers: Record<string, string>, query: Record<string, string> = {}): RequestHead {
  return {
    header: (name) => headers[name],
    headerList: Object.entries(headers),
    query: (name) => query[name],
  };
}
