import { access } from './defects/access.ts';
import { buckets } from './defects/buckets.ts';
import { conditions } from './defects/conditions.ts';
import { copying } from './defects/copying.ts';
import { deleting } from './defects/deleting.ts';
import { errors } from './defects/errors.ts';
import { framing } from './defects/framing.ts';
import { integrity } from './defects/integrity.ts';
import { keys } from './defects/keys.ts';
import { listing } from './defects/listing.ts';
import { listingUploads } from './defects/listing-uploads.ts';
import { multipart } from './defects/multipart.ts';
import { nothingDone } from './defects/nothing-done.ts';
import { reading } from './defects/reading.ts';
import { subResources } from './defects/sub-resources.ts';
import { tagging } from './defects/tagging.ts';
import { writing } from './defects/writing.ts';
import type { DefectClass, Mutant } from './mutant.ts';

export const defectClasses: readonly DefectClass[] = [
  framing,
  integrity,
  conditions,
  subResources,
  keys,
  listing,
  reading,
  writing,
  copying,
  multipart,
  listingUploads,
  deleting,
  tagging,
  buckets,
  access,
  errors,
  nothingDone,
];

export const allMutants: readonly Mutant[] = defectClasses.flatMap(({ mutants }) => mutants);
