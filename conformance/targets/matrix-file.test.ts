import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { gapsOf } from '../engine/baseline.ts';
import { formatBaseline, readBaseline } from '../reports/baseline-json.ts';
import { knownServers } from './known-servers.ts';
import { readMatrix, renderMatrix } from './matrix-file.ts';

it('docs/compat-matrix.md is what the baselines say (npm run matrix)', async () => {
  expect(await readMatrix()).toBe(await renderMatrix());
});

describe.each(Object.values(knownServers))('the baseline of $name', ({ baselineFile, isOurs }) => {
  it('is there, and written by npm run matrix', async () => {
    const baseline = await readBaseline(baselineFile);
    const text = await readFile(baselineFile, 'utf8');
    expect(baseline === undefined ? '' : formatBaseline(baseline)).toBe(text);
  });

  it('has a reason for each gap that is ours', async () => {
    const baseline = await readBaseline(baselineFile);
    const gaps = isOurs && baseline !== undefined ? gapsOf(baseline) : [];
    expect(gaps.filter(([, { reason = '' }]) => reason.trim() === '')).toEqual([]);
  });
});
