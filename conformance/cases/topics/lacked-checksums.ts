import { createHash } from 'node:crypto';
import { defineTable } from '../../engine/define-case.ts';
import { expectNeverHonoured } from '../../fixtures/asked-with-headers.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const zeros = (sizeBytes: number): string => Buffer.alloc(sizeBytes).toString('base64');
const hashOf = (name: string): string => createHash(name).update('other bytes').digest('base64');

/** The algorithms that came after the first five, and a value that is wrong by the bytes, not by its form. */
const algorithms = [
  ['sha512', hashOf('sha512')],
  ['md5', hashOf('md5')],
  ['xxhash64', zeros(8)],
  ['xxhash3', zeros(8)],
  ['xxhash128', zeros(16)],
] as const;

defineTable(
  (['PutObject', 'UploadPart', 'CompleteMultipartUpload'] as const).flatMap((operation) =>
    algorithms.map((row) => [operation, ...row] as const),
  ),
  ([operation, algorithm, value]) => ({
    id: `${operation}.checksum.${algorithm}-wrong`,
    title: `a wrong ${algorithm.toUpperCase()} is refused by a server that has it or not, and nothing is kept`,
    operation,
    feature: 'checksum',
    level: 'extended',
    severity: 'critical',
    reference: apiPage(operation),
    transport: 'raw',
    run: (t) => expectNeverHonoured(t, operation, [[`x-amz-checksum-${algorithm}`, value]]),
  }),
);
