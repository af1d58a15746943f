import { describe, expect, it } from '@jest/globals';
import { contentEntries, draftEntries, readKeyMetadata, recordEntry } from './key-metadata.ts';

const checksum = { algorithm: 'SHA256', type: 'FULL_OBJECT', value: 'abc=' } as const;

describe('the metadata of a key', () => {
  it('keeps everything said of an object', () => {
    const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store', expires: 'never' };
    const metadata = { a: 'ä €', constructor: 'b', ['__proto__']: 'c', 'content-type': 'd' };
    const entries = [...draftEntries({ headers, metadata }), ...contentEntries({ etag: 'e', checksum })];
    const read = readKeyMetadata(entries);
    expect(read).toMatchObject({ etag: 'e', headers, checksum });
    expect(Object.entries(read.metadata)).toEqual(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  it('writes system headers as later Ozones do, and the user’s etag as Ozone 2.2.0 does', () => {
    expect(draftEntries({ headers: { 'content-type': 'a/b' }, metadata: { etag: 'mine' } })).toEqual([
      { key: 'Content-Type', value: 'a/b' },
      { key: 'etag-custom', value: 'mine' },
    ]);
  });
  it.each(['etag', 'etag-custom', 'ozone-s3-internal-checksum', 'ozone-s3-internal-x', 'secret', 'gdprenabled'])(
    'gives the user’s %s back',
    (name) => {
      const metadata = { [name]: 'value' };
      expect(readKeyMetadata(draftEntries({ headers: {}, metadata }))).toMatchObject({ metadata, headers: {} });
    },
  );
  it('reads what other gateways wrote', () => {
    const entries = [
      { key: 'ETag', value: 'e' },
      { key: 'Foo', value: '1' },
      { key: 'ozone-s3-internal-content-type', value: '2' },
      { key: 'hsyncClientId', value: '3' },
    ];
    expect(readKeyMetadata(entries)).toMatchObject({ etag: 'e', metadata: { foo: '1', 'content-type': '2' } });
    expect(Object.keys(readKeyMetadata(entries).metadata)).toHaveLength(2);
  });
  it('hides the secret of keys encrypted for GDPR', () => {
    const entries = ['secret', 'algorithm', 'mine'].map((key) => ({ key, value: 'x' }));
    const read = readKeyMetadata([{ key: 'gdprEnabled', value: 'true' }, ...entries]);
    expect(Object.entries(read.metadata)).toEqual([['mine', 'x']]);
  });
  it.each(['other SHA256 FULL_OBJECT abc=', 'e SHA256 FULL_OBJECT', 'e MD6 FULL_OBJECT x', 'e SHA256 HALF x', ''])(
    'takes no checksum from %p',
    (record) => {
      const entries = [...contentEntries({ etag: 'e' }), recordEntry('checksum', record)];
      expect(readKeyMetadata(entries).checksum).toBeUndefined();
    },
  );
});
