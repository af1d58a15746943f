import { ListFold } from '../../../s3/list-window.ts';
import type { UploadPage, UploadWindow } from '../../values.ts';
import { compareUploadOrders, uploadOrder, type UploadOrder } from './upload-id.ts';

/** An upload as the OM lists it. */
export interface ListedUpload {
  readonly key: string;
  readonly uploadId: string;
}

/** Where an upload or a common prefix stands in a listing. */
interface Place {
  readonly bytes: Buffer;
  readonly began: UploadOrder | undefined;
}

interface Entry<U> extends Place {
  /** A key, or a common prefix. */
  readonly name: string;
  /** Undefined for a common prefix. */
  readonly upload: U | undefined;
}

/**
 * A page of uploads by key and then in the order of their beginning, out of uploads that are offered in any order: the
 * OM lists them by key, a slash and a random id. Holds no more of them than a few pages have.
 */
export class UploadsOfPage<U extends ListedUpload> {
  readonly #limit: number;
  readonly #fold: ListFold;
  readonly #isPassed: (place: Place) => boolean;
  readonly #prefixes = new Set<string>();
  #entries: Entry<U>[] = [];
  /** What comes behind it is on a later page. */
  #bound: Entry<U> | undefined;

  constructor(window: UploadWindow) {
    this.#limit = window.limit;
    this.#fold = new ListFold(window);
    this.#isPassed = passedBy(window);
  }

  offer(upload: U): void {
    const folded = this.#fold.commonPrefixOf(upload.key);
    if (folded !== undefined && this.#prefixes.has(folded)) return;
    const entry = folded === undefined ? ofUpload(upload) : ofPrefix<U>(folded);
    if (this.#isPassed(entry) || (this.#bound !== undefined && comparePlaces(entry, this.#bound) >= 0)) return;
    if (folded !== undefined) this.#prefixes.add(folded);
    this.#entries.push(entry);
    if (this.#entries.length > 3 * (this.#limit + 1)) this.#cut();
  }

  page(): { readonly uploads: readonly U[] } & Pick<UploadPage, 'commonPrefixes' | 'next'> {
    this.#cut();
    const shown = this.#entries.slice(0, this.#limit);
    const last = shown.at(-1);
    const uploadIdMarker = last?.upload?.uploadId;
    return {
      uploads: shown.flatMap(({ upload }) => (upload === undefined ? [] : [upload])),
      commonPrefixes: shown.flatMap(({ name, upload }) => (upload === undefined ? [name] : [])),
      ...(last !== undefined &&
        this.#entries.length > shown.length && {
          next: { keyMarker: last.name, ...(uploadIdMarker !== undefined && { uploadIdMarker }) },
        }),
    };
  }

  /** Keeps one more than the page has, which tells that there is more. */
  #cut(): void {
    this.#entries.sort(comparePlaces);
    const kept = this.#limit + 1;
    for (const { name } of this.#entries.splice(kept)) this.#prefixes.delete(name);
    if (this.#entries.length === kept) this.#bound = this.#entries.at(-1);
  }
}

function ofUpload<U extends ListedUpload>(upload: U): Entry<U> {
  const { key, uploadId } = upload;
  return { name: key, upload, bytes: Buffer.from(key), began: uploadOrder(uploadId) };
}

function ofPrefix<U>(name: string): Entry<U> {
  return { name, upload: undefined, bytes: Buffer.from(name), began: undefined };
}

/** Whether a place is not behind what the markers name. A common prefix stands where it begins. */
function passedBy({ keyMarker, uploadIdMarker }: UploadWindow): (place: Place) => boolean {
  if (keyMarker === undefined) return () => false;
  const marker = Buffer.from(keyMarker);
  const marked = uploadIdMarker === undefined ? undefined : uploadOrder(uploadIdMarker);
  return ({ bytes, began }) => {
    const order = Buffer.compare(bytes, marker);
    if (order !== 0 || began === undefined || marked === undefined) return order <= 0;
    return compareUploadOrders(began, marked) <= 0;
  };
}

function comparePlaces(a: Place, b: Place): number {
  const order = Buffer.compare(a.bytes, b.bytes);
  if (order !== 0 || a.began === undefined || b.began === undefined) return order;
  return compareUploadOrders(a.began, b.began);
}
