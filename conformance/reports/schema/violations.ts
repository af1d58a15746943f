/** Just enough of JSON Schema 2020-12 for the suite's own schema; a keyword it does not know is an error, not a pass. */
type Schema = Readonly<Record<string, unknown>>;

type Check = (value: unknown, argument: unknown, schema: Schema) => string[];

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object';
}

const ignored: Check = () => [];

const keywords: Readonly<Record<string, Check>> = {
  $schema: ignored,
  title: ignored,
  format: (value, argument) =>
    argument === 'date-time' && Number.isNaN(Date.parse(String(value))) ? ['is not a date-time'] : [],
  type: (value, argument) =>
    [argument].flat().includes(typeOf(value)) ? [] : [`is ${typeOf(value)}, not ${String(argument)}`],
  const: (value, argument) => (value === argument ? [] : [`is not ${String(argument)}`]),
  enum: (value, argument) =>
    (argument as unknown[]).includes(value) ? [] : [`${String(value)} is not in the enumeration`],
  minimum: (value, argument) => (Number(value) >= Number(argument) ? [] : [`is below ${String(argument)}`]),
  pattern: (value, argument) =>
    new RegExp(String(argument)).test(String(value)) ? [] : [`${String(value)} does not match`],
  required: (value, argument) =>
    isRecord(value) ? (argument as string[]).filter((name) => !(name in value)).map((name) => `lacks ${name}`) : [],
  additionalProperties: (value, argument, schema) => {
    const known = schema['properties'] as Schema;
    if (argument !== false || !isRecord(value)) return [];
    return Object.keys(value)
      .filter((name) => !(name in known))
      .map((name) => `has ${name}, which is unknown`);
  },
  properties: (value, argument) =>
    isRecord(value)
      ? Object.entries(argument as Record<string, Schema>).flatMap(([name, schema]) =>
          name in value ? violations(value[name], schema).map((text) => `${name}: ${text}`) : [],
        )
      : [],
  items: (value, argument) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => violations(item, argument as Schema).map((text) => `${index}: ${text}`))
      : [],
};

/** What is wrong with the value, in words; empty when it fits. */
export function violations(value: unknown, schema: Schema): string[] {
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    const check = keywords[keyword];
    return check === undefined ? [`the keyword ${keyword} is not known here`] : check(value, argument, schema);
  });
}
