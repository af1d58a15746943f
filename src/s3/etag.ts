/** ETags are bare inside the gateway and quoted on the wire. */
export interface EntityTag {
  readonly etag: string;
  readonly weak: boolean;
}

const listMember = /\s*(W\/)?(?:"([^"]*)"|([^\s,"]+))\s*(?:,|$)/y;

export function quoteEtag(etag: string): string {
  return `"${etag}"`;
}

/** Takes the quotes off where there are any: S3 clients send ETags both ways. */
export function bareEtag(text: string): string {
  const value = text.trim();
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

/** The value of If-Match or If-None-Match: `*`, or entity tags; what cannot be read ends the list. */
export function parseEtagList(value: string): '*' | readonly EntityTag[] {
  if (value.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  listMember.lastIndex = 0;
  while (listMember.lastIndex < value.length) {
    const match = listMember.exec(value);
    if (match === null) break;
    tags.push({ etag: match[2] ?? match[3] ?? '', weak: match[1] !== undefined });
  }
  return tags;
}

/** Strong comparison, as If-Match wants it (RFC 9110 section 8.8.3.2); ours are all strong. */
export function matchesStrongly(value: string, etag: string): boolean {
  const list = parseEtagList(value);
  return list === '*' || list.some((tag) => !tag.weak && tag.etag === etag);
}

/** Weak comparison, as If-None-Match wants it. */
export function matchesWeakly(value: string, etag: string): boolean {
  const list = parseEtagList(value);
  return list === '*' || list.some((tag) => tag.etag === etag);
}
