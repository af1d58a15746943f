import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { ObjectStore } from '../port.ts';
import { aborting } from './aborting.ts';
import { buckets } from './buckets.ts';
import { completion } from './completion.ts';
import { conditions } from './conditions.ts';
import { copying } from './copying.ts';
import { deletingMany } from './deleting-many.ts';
import { Fixture } from './fixture.ts';
import { memory } from './memory.ts';
import { multipart } from './multipart.ts';
import { ordering } from './ordering.ts';
import { overwriting } from './overwriting.ts';
import { paging } from './paging.ts';
import { ranges } from './ranges.ts';
import { roundTrip } from './round-trip.ts';
import { tags } from './tags.ts';
import { uploadListing } from './upload-listing.ts';

/** For a busy machine: the tests themselves take a second at most. */
const timeoutMs = 60_000;

/** Tests by what they show. */
export type Theme = Readonly<Record<string, (fixture: Fixture) => Promise<void>>>;

export interface ContractStore {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

export interface ContractOptions {
  /** Tests by name that the adapter cannot pass, and why. */
  readonly skip?: readonly { readonly reason: string; readonly tests: readonly string[] }[];
}

const themes: Readonly<Record<string, Theme>> = {
  buckets,
  'round trip': roundTrip,
  ranges,
  overwriting,
  aborting,
  conditions,
  'deleting many': deletingMany,
  ordering,
  paging,
  tags,
  copying,
  multipart,
  completion,
  'listing uploads': uploadListing,
  memory,
};

/** The contract of ObjectStore: every adapter runs all of it. */
export function describeObjectStore(
  name: string,
  open: () => Promise<ContractStore>,
  { skip = [] }: ContractOptions = {},
): void {
  const skipped = new Set(skip.flatMap(({ tests }) => tests));
  describe(`the ${name} store`, () => {
    let opened: ContractStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened.close();
    });
    for (const [theme, tests] of Object.entries(themes)) {
      describe(theme, () => {
        for (const [title, run] of Object.entries(tests)) {
          if (skipped.has(title)) continue;
          it(
            title,
            async () => {
              const fixture = new Fixture(opened.store);
              await opened.store.createBucket(fixture.call, fixture.bucket, []);
              await run(fixture);
            },
            timeoutMs,
          );
        }
      });
    }
  });
}
