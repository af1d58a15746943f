import { causes, levels, outcomes, severities } from '../../engine/outcome.ts';
import { verdicts } from '../../engine/verdict.ts';

const count = { type: 'integer', minimum: 0 };
const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };

function record(properties: Record<string, object>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const tally = { verdict: { enum: verdicts }, cases: count, executed: count, passed: count };
const named = (names: readonly string[]): object => record(Object.fromEntries(names.map((name) => [name, count])));

const implementation = { organization: text, project: text, url: text, version: text, contact: text };

const operation = record({
  operation: text,
  ...tally,
  harmful: { type: 'boolean' },
  thin: { type: 'boolean' },
  inputMembers: record({ sent: count, modelled: count, missed: { type: 'array', items: text } }),
  outputMembers: record({ asserted: count, modelled: count, missed: { type: 'array', items: text } }),
  notes: { type: 'array', items: text },
  features: { type: 'array', items: record({ feature: text, ...tally }) },
});

const conformanceCase = record(
  {
    id: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]+(\\.[a-z0-9]+(-[a-z0-9]+)*){2,}$' },
    title: text,
    operation: text,
    feature: text,
    level: { enum: levels },
    severity: { enum: severities },
    kind: { enum: ['positive', 'negative', 'probe'] },
    outcome: { enum: outcomes },
    cause: { enum: [...causes, null] },
    detail: textOrNull,
    durationMs: count,
    flaky: { const: true },
    reference: textOrNull,
    clients: { type: 'array', items: text },
  },
  ['flaky'],
);

/** JSON Schema 2020-12 of results.json; `s3-conformance schema` prints it. */
export const resultsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 's3-conformance results',
  ...record({
    schemaVersion: { const: 1 },
    suite: record({ name: text, version: text }),
    sdk: record({ name: text, version: text }),
    node: text,
    implementation: record(implementation, Object.keys(implementation)),
    target: record({ endpointHash: { type: 'string', pattern: '^[0-9a-f]{64}$' }, region: text }),
    selection: record({ profile: text, filter: textOrNull }),
    startedAt: { type: 'string', format: 'date-time' },
    durationMs: count,
    interrupted: { type: 'boolean' },
    leftBehind: { type: 'array', items: text },
    summary: record({ cases: count, outcomes: named(outcomes), verdicts: named(verdicts) }),
    operations: { type: 'array', items: operation },
    features: { type: 'array', items: record({ feature: text, ...tally }) },
    cases: { type: 'array', items: conformanceCase },
  }),
} as const;
