import { defineTable } from '../../engine/define-case.ts';
import { md5Base64 } from '../../fixtures/digests.ts';
import { prepareRequest, type PreparedRequest } from '../../fixtures/prepared-requests.ts';
import type { RawRequest } from '../../transports/raw.ts';
import { apiPage } from '../../fixtures/aws-pages.ts';

const described = { feature: 'error-shape', level: 'core', severity: 'major', transport: 'raw' } as const;
const operations = ['DeleteObjects', 'CompleteMultipartUpload', 'PutObjectTagging'] as const;

/** The request with another document, and a Content-MD5 that fits it. */
function withDocument({ request }: PreparedRequest, change: (document: string) => string): RawRequest {
  const document = change(String(request.body));
  const others = (request.headers ?? []).filter(([name]) => name !== 'content-md5');
  return { ...request, headers: [...others, ['content-md5', md5Base64(document)]], body: document };
}

/** As the XML writers of clients have it. */
const spellings: readonly (readonly [string, (document: string) => string])[] = [
  ['declaration', (document) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${document}`],
  ['indented', (document) => document.replaceAll(/>(?=<)/g, '>\n  ')],
  ['comment', (document) => document.replace(/>/, '><!-- made by a tool -->')],
  [
    'prefixed-namespace',
    (document) =>
      document
        .replace(/ xmlns="[^"]*"/, '')
        .replaceAll(/<(\/?)/g, '<$1s3:')
        .replace(/^<s3:(\w+)/, '<s3:$1 xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/"'),
  ],
  ['character-references', (document) => document.replace(/>k</, '>&#107;<').replace(/>b</, '>&#x62;<')],
  ['line-ends-of-windows', (document) => document.replaceAll(/>(?=<)/g, '>\r\n')],
];

defineTable(
  operations.flatMap((operation) => spellings.map((row) => [operation, ...row] as const)),
  ([operation, condition, spelling]) => ({
    ...described,
    id: `${operation}.document.${condition}`,
    title: `the document may be written so: ${condition.replaceAll('-', ' ')}`,
    operation,
    level: condition === 'prefixed-namespace' ? 'extended' : 'core',
    reference: apiPage(operation),
    run: async (t) => {
      const prepared = await prepareRequest(t, operation);
      const subject = await t.raw(withDocument(prepared, spelling));
      subject.expectOk();
      await prepared.done(subject);
    },
  }),
);

const bomb = '<!DOCTYPE lolz [<!ENTITY a "k"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';

/** What is no document of the schema. */
const wrong: readonly (readonly [string, (document: string) => string])[] = [
  ['document-type', (document) => bomb + document.replace(/>(k|b|1)</, '>&b;<')],
  ['unclosed-element', (document) => document.replace(/<\/\w+>$/, '')],
  ['undefined-entity', (document) => document.replace(/>(k|b|1)</, '>&nobody;<')],
  ['text-after-the-end', (document) => `${document}more`],
  ['json', () => '{"Objects":[{"Key":"k"}]}'],
];

defineTable(
  operations.flatMap((operation) => wrong.map((row) => [operation, ...row] as const)),
  ([operation, condition, change]) => ({
    ...described,
    id: `${operation}.document.${condition}`,
    title: `${condition.replaceAll('-', ' ')}: 400 MalformedXML, and nothing changes`,
    operation,
    level: condition === 'text-after-the-end' ? 'extended' : 'core',
    severity: condition === 'document-type' ? 'critical' : 'major',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
    run: async (t) => {
      const prepared = await prepareRequest(t, operation);
      const subject = await t.raw(withDocument(prepared, change));
      subject.expectError({ status: 400, code: 'MalformedXML' });
      await prepared.unchanged();
    },
  }),
);
