import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { configurationDocument } from './document.ts';
import { configKeys, flagName } from './schema.ts';

describe('the documentation of the configuration', () => {
  it('is current: `npm run docs` writes it', () => {
    const committed = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    expect(committed).toBe(configurationDocument());
  });

  it.each(configKeys.map((key) => [key.name, key] as const))('says what %s is for', (_, key) => {
    expect(key.description.length).toBeGreaterThan(10);
    expect(key.defaultText !== '' || key.whenEmpty !== undefined).toBe(true);
  });

  it('has every variable and every flag once', () => {
    const flags = configKeys.map(flagName).filter((flag) => flag !== undefined);
    expect(new Set(flags).size).toBe(flags.length);
    expect(new Set(configKeys.map((key) => key.variable)).size).toBe(configKeys.length);
  });
});
