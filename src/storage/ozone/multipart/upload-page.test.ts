import { describe, expect, it } from '@jest/globals';
import type { UploadWindow } from '../../values.ts';
import { UploadsOfPage, type ListedUpload } from './upload-page.ts';

const id = (number: number): string =>
  `${String(number * 7919)
    .padStart(8, '0')
    .slice(-8)}-d9cb-469f-a165-70867728950e-${1_000_000 + number}`;

function pageOf(uploads: readonly ListedUpload[], window: Partial<UploadWindow>) {
  const page = new UploadsOfPage({ prefix: '', delimiter: '', limit: 1000, ...window });
  for (const upload of uploads) page.offer(upload);
  return page.page();
}

function walk(uploads: readonly ListedUpload[], window: Partial<UploadWindow>): string[] {
  const found: string[] = [];
  for (let next: ReturnType<typeof pageOf>['next'] | undefined = { keyMarker: '' }; next !== undefined;) {
    const page = pageOf(uploads, { ...window, ...(next.keyMarker !== '' && next) });
    const names = [...page.uploads.map(({ key, uploadId }) => `${key} ${uploadId}`), ...page.commonPrefixes];
    found.push(...names);
    next = page.next;
  }
  return found;
}

const uploads = ['a', 'a-b', 'a', 'a/1', 'b', 'a/2', 'a', '\u{1f600}', '\u{ff5e}', 'c/1'].map((key, index) => ({
  key,
  uploadId: id(index),
}));

describe('a page of uploads', () => {
  const ordered = [0, 2, 6, 1, 3, 5, 4, 9, 8, 7].map((index) => uploads[index]);

  it('is by key and beginning, however they come', () => {
    expect(pageOf(uploads, {}).uploads).toEqual(ordered);
    expect(pageOf([...uploads].reverse(), {}).uploads).toEqual(ordered);
  });

  it.each([1, 2, 3, 7, 10, 11])('goes on behind one of %d', (limit) => {
    expect(walk(uploads, { limit })).toEqual(ordered.map((upload) => `${upload?.key ?? ''} ${upload?.uploadId ?? ''}`));
  });

  it.each([1, 2, 3, 1000])('folds, %d at a time', (limit) => {
    const found = walk(uploads, { limit, delimiter: '/' }).map((name) => name.split(' ')[0]);
    expect(found.sort()).toEqual(['a', 'a', 'a', 'a-b', 'a/', 'b', 'c/', '\u{1f600}', '\u{ff5e}'].sort());
  });

  it('passes over all uploads of a key marker alone, and what it hides', () => {
    expect(pageOf(uploads, { keyMarker: 'a' }).uploads).toEqual(ordered.slice(3));
    expect(pageOf(uploads, { keyMarker: 'a/1', delimiter: '/' }).commonPrefixes).toEqual(['c/']);
  });

  it('goes on behind an upload that has ended', () => {
    const rest = pageOf(uploads.slice(1), { keyMarker: 'a', uploadIdMarker: id(0) });
    expect(rest.uploads).toEqual(ordered.slice(1));
  });

  it('of many is as of few', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ key: `k${(index * 37) % 101}`, uploadId: id(index) }));
    expect(walk(many, { limit: 999 })).toHaveLength(5000);
    expect(walk(many, { limit: 299, delimiter: '1' })).toHaveLength(new Set(walk(many, { delimiter: '1' })).size);
  });
});
