import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { defineTable, type CaseDefinition } from '../../engine/define-case.ts';
import { CaseBlocked } from '../../engine/failure.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

interface Stored {
  readonly etag: string;
  readonly lastModified: Date;
}

interface Conditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly IfModifiedSince?: Date;
  readonly IfUnmodifiedSince?: Date;
}

interface Row {
  readonly condition: string;
  readonly level: 'core' | 'extended';
  readonly conditions: (stored: Stored) => Conditions;
  readonly status: 200 | 304 | 412;
}

const otherEtag = '"00000000000000000000000000000000"';
const before = new Date('2001-02-03T04:05:06Z');

const rows: readonly Row[] = [
  { condition: 'if-match.same-etag', level: 'core', conditions: ({ etag }) => ({ IfMatch: etag }), status: 200 },
  { condition: 'if-match.other-etag', level: 'core', conditions: () => ({ IfMatch: otherEtag }), status: 412 },
  {
    condition: 'if-match.list-with-etag',
    level: 'extended',
    conditions: ({ etag }) => ({ IfMatch: `${otherEtag}, ${etag}` }),
    status: 200,
  },
  {
    condition: 'if-none-match.same-etag',
    level: 'core',
    conditions: ({ etag }) => ({ IfNoneMatch: etag }),
    status: 304,
  },
  { condition: 'if-none-match.other-etag', level: 'core', conditions: () => ({ IfNoneMatch: otherEtag }), status: 200 },
  { condition: 'if-none-match.any', level: 'extended', conditions: () => ({ IfNoneMatch: '*' }), status: 304 },
  {
    condition: 'if-modified-since.earlier',
    level: 'core',
    conditions: () => ({ IfModifiedSince: before }),
    status: 200,
  },
  {
    condition: 'if-modified-since.same-second',
    level: 'core',
    conditions: ({ lastModified }) => ({ IfModifiedSince: lastModified }),
    status: 304,
  },
  {
    condition: 'if-unmodified-since.same-second',
    level: 'core',
    conditions: ({ lastModified }) => ({ IfUnmodifiedSince: lastModified }),
    status: 200,
  },
  {
    condition: 'if-unmodified-since.earlier',
    level: 'core',
    conditions: () => ({ IfUnmodifiedSince: before }),
    status: 412,
  },
  {
    condition: 'if-match.with-if-unmodified-since',
    level: 'core',
    conditions: ({ etag }) => ({ IfMatch: etag, IfUnmodifiedSince: before }),
    status: 200,
  },
  {
    condition: 'if-none-match.with-if-modified-since',
    level: 'core',
    conditions: ({ etag }) => ({ IfNoneMatch: etag, IfModifiedSince: before }),
    status: 304,
  },
];

function toCase(operation: 'GetObject' | 'HeadObject', row: Row): CaseDefinition {
  return {
    id: `${operation}.${row.condition}`,
    operation,
    feature: 'conditional-read',
    level: row.level,
    severity: 'major',
    reference: apiPage(operation),
    run: async (t) => {
      const bucket = await t.bucket();
      const etag = await t.put(bucket, 'k', 'the body');
      const { LastModified } = await t.setup(new HeadObjectCommand({ Bucket: bucket, Key: 'k' }));
      if (LastModified === undefined) throw new CaseBlocked('set-up: no Last-Modified', 'wrong-header');
      const input = { Bucket: bucket, Key: 'k', ...row.conditions({ etag, lastModified: LastModified }) };
      const isGet = operation === 'GetObject';
      const subject = await t.subject<unknown>(isGet ? new GetObjectCommand(input) : new HeadObjectCommand(input));
      if (row.status === 304) {
        subject.expectNotModified();
        subject.expectHeader('etag', etag);
        return;
      }
      if (row.status === 412) {
        subject.expectError({ status: 412, code: 'PreconditionFailed' });
        return;
      }
      subject.expectOk(200);
      subject.expectHeader('etag', etag);
      subject.expectBody(isGet ? 'the body' : '');
    },
  };
}

defineTable(rows, (row) => toCase('GetObject', row));
defineTable(rows, (row) => toCase('HeadObject', row));
