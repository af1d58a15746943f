import { describe, expect, it } from '@jest/globals';
import { resolveReferences } from './references.ts';

const properties: Readonly<Record<string, string>> = { host: 'om', full: '${host}.example.org', loop: 'x${loop}' };
const environment = { NAME: 'value', EMPTY: '' };
const resolved = (text: string) => resolveReferences(text, (name) => properties[name], environment);

describe('references in a property', () => {
  it.each([
    ['plain', 'plain'],
    ['${host}:9862', 'om:9862'],
    ['${full}:${host}', 'om.example.org:om'],
    ['${none}', '${none}'],
    ['${env.NAME}', 'value'],
    ['${env.NONE}', '${env.NONE}'],
    ['${env.NONE-other}', 'other'],
    ['${env.EMPTY-other}', ''],
    ['${env.EMPTY:-other}', 'other'],
    ['${ host }', '${ host }'],
    ['$host', '$host'],
  ])('%s', (text, expected) => {
    expect(resolved(text)).toBe(expected);
  });

  it('that lead in circles end', () => {
    expect(resolved('${loop}').startsWith('x'.repeat(20))).toBe(true);
  });
});
