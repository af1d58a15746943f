import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { capabilities } from '../capabilities.ts';
import { catalogue, operationNamed } from '../catalogue.ts';
import { allCases } from '../cli/select-cases.ts';
import { causes, levels, outcomes, severities } from '../engine/outcome.ts';
import { features } from '../features.ts';

const cases = await allCases();
const handWritten = cases.filter(({ probe }) => !probe);
const idsOf = (wrong: typeof cases): string[] => wrong.map(({ id }) => id);

describe('the catalogue of operations', () => {
  it('has the operations of the SDK, each with a method, a status and members', () => {
    expect(catalogue.size).toBeGreaterThanOrEqual(112);
    const odd = [...catalogue.values()].filter(
      ({ method, successStatus }) =>
        !['GET', 'PUT', 'POST', 'DELETE', 'HEAD'].includes(method) || ![200, 204].includes(successStatus),
    );
    expect(odd).toEqual([]);
  });

  it.each([
    ['PutObject', 'PUT', 'object', [], 200],
    ['DeletePublicAccessBlock', 'DELETE', 'bucket', ['publicAccessBlock'], 204],
    ['ListBuckets', 'GET', 'service', [], 200],
    ['ListObjectsV2', 'GET', 'bucket', ['list-type=2'], 200],
  ] as const)('%s: %s on the %s', (name, method, resource, query, successStatus) => {
    expect(operationNamed(name)).toMatchObject({ method, resource, query, successStatus });
  });

  it('knows where members travel', () => {
    const byName = new Map(operationNamed('PutObject').input.map((member) => [member.name, member]));
    expect(byName.get('Bucket')).toEqual({ name: 'Bucket', location: 'label', wireName: undefined, required: true });
    expect(byName.get('IfNoneMatch')).toMatchObject({ location: 'header', wireName: 'If-None-Match', required: false });
    expect(byName.get('Metadata')).toMatchObject({ location: 'prefix-headers' });
    expect(byName.get('Body')).toMatchObject({ location: 'payload' });
  });

  it('agrees with the committed snapshot', async () => {
    const path = new URL('../../fixtures/s3-operations.json', import.meta.url);
    const snapshot: unknown = JSON.parse(await readFile(path, 'utf8'));
    const operations = (Array.isArray(snapshot) ? snapshot : (snapshot as { operations: unknown[] }).operations) as {
      name: string;
    }[];
    expect([...catalogue.keys()]).toEqual(operations.map(({ name }) => name).sort());
  });
});

describe('the cases', () => {
  it('have ids that are unique', () => {
    const seen = new Set<string>();
    const doubled = cases.filter(({ id }) => seen.size === seen.add(id).size);
    expect(idsOf(doubled)).toEqual([]);
  });

  it('have ids of the form Operation.feature.condition', () => {
    const pattern = /^[A-Z][A-Za-z0-9]+(\.[a-z0-9]+(-[a-z0-9]+)*){2,}$/;
    expect(idsOf(cases.filter(({ id, operation }) => !pattern.test(id) || !id.startsWith(`${operation}.`)))).toEqual(
      [],
    );
  });

  it('name operations that the SDK knows', () => {
    expect(idsOf(cases.filter(({ operation }) => !catalogue.has(operation)))).toEqual([]);
  });

  it('name features, levels, severities and capabilities that exist', () => {
    const wrong = cases.filter(
      ({ feature, level, severity, requires }) =>
        !features.includes(feature) ||
        !levels.includes(level) ||
        !severities.includes(severity) ||
        !requires.every((name) => name in capabilities),
    );
    expect(idsOf(wrong)).toEqual([]);
  });

  it('refer to the page of AWS that documents them', () => {
    const pattern = /^https:\/\/docs\.aws\.amazon\.com\/\S+$/;
    expect(idsOf(cases.filter(({ reference }) => !pattern.test(reference)))).toEqual([]);
  });

  it('are hand-written, or two generated probes, for every operation', () => {
    for (const name of catalogue.keys()) {
      const own = handWritten.filter(({ operation }) => operation === name).length;
      const probes = cases.filter(({ operation, probe }) => probe && operation === name).length;
      expect([name, probes]).toEqual([name, own > 0 ? 0 : 2]);
    }
  });

  it('have titles and times that fit a report', () => {
    expect(
      idsOf(cases.filter(({ title, timeoutMs }) => title.trim() === '' || title.length > 120 || timeoutMs < 1)),
    ).toEqual([]);
  });

  it('come with lists that have no doubles', () => {
    for (const list of [features, outcomes, causes, levels, severities]) expect(new Set(list).size).toBe(list.length);
  });
});
