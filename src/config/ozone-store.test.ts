import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.ts';
import { loadConfig, type LoadedConfig } from './load.ts';

let confDir = '';
beforeAll(() => {
  confDir = mkdtempSync(join(tmpdir(), 'ozone-s3g-conf-'));
});
afterAll(() => rmSync(confDir, { recursive: true, force: true }));

const cluster = { 'ozone.om.address': '${om.host}:9862', 'om.host': 'om.example.org', 'hdds.heartbeat.interval': '2s' };

function load(properties: Readonly<Record<string, string>>, ...flags: [string, string][]): LoadedConfig {
  const text = Object.entries(properties).map(
    ([name, value]) => `<property><name>${name}</name><value>${value}</value></property>`,
  );
  writeFileSync(join(confDir, 'ozone-site.xml'), `<configuration>${text.join('')}</configuration>`);
  return loadConfig({ confDir, environment: {}, flags: new Map([['--store', 'ozone'], ...flags]) });
}

function problemsOf(...args: Parameters<typeof load>): readonly string[] {
  try {
    load(...args);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the Ozone store', () => {
  it('is found by the file of the cluster, of which nothing is warned', () => {
    const { config, settings, warnings } = load(cluster);
    expect(config.store).toEqual({
      kind: 'ozone',
      om: { nodes: [{ nodeId: '', host: 'om.example.org', port: 8981 }], callTimeoutMs: 60_000 },
      settings: {
        volume: 's3v',
        defaultLayout: 'OBJECT_STORE',
        replication: undefined,
        listMaxKeys: 1000,
        omListMaxSize: 1000,
        durability: 'ALL_COMMITTED',
        useDatanodeHostname: false,
      },
    });
    expect(config.auth).toEqual({ kind: 'ozone', anonymousAccessId: 'anonymous' });
    expect(settings.find(({ name }) => name === 'OM')?.text).toBe('om.example.org:8981');
    expect(warnings).toEqual([]);
  });

  it.each([
    ['ozone.replication', 'three', { replication: 'RATIS/THREE' }],
    ['ozone.replication', '1', { replication: 'RATIS/ONE' }],
    ['ozone.s3g.default.bucket.layout', 'file_system_optimized', { defaultLayout: 'FILE_SYSTEM_OPTIMIZED' }],
    ['ozone.s3g.write.durability', 'MAJORITY', { durability: 'MAJORITY' }],
    ['hdds.datanode.use.datanode.hostname', 'TRUE', { useDatanodeHostname: true }],
    ['ozone.s3g.list.max.keys.limit', '100', { listMaxKeys: 100 }],
    ['ozone.om.server.list.max.size', '100', { omListMaxSize: 100 }],
  ])('%s of %s', (name, value, settings) => {
    expect(load({ ...cluster, [name]: value }).config.store).toMatchObject({ settings });
  });

  it('may have its credentials here', () => {
    expect(load(cluster, ['--auth', 'local']).config.auth).toEqual({ kind: 'local' });
  });

  it('is at an address given by hand, whatever services the file has', () => {
    const { store } = load({ 'ozone.om.service.ids': 'a,b' }, ['--om-address', 'other']).config;
    expect(store).toMatchObject({ om: { nodes: [{ host: 'other' }] } });
  });

  it('is told of all that is wrong at once', () => {
    const problems = problemsOf({
      'ozone.om.service.ids': 'svc',
      'ozone.om.nodes.svc': 'om1,om2',
      'ozone.om.address.svc.om1': '0.0.0.0',
      'ozone.replication.type': 'EC',
      'ozone.security.enabled': 'true',
    });
    expect(problems).toEqual([
      expect.stringMatching(/^ozone\.replication\.type in .*'EC' must be RATIS$/),
      expect.stringMatching(/^ozone\.security\.enabled in .*Kerberos/),
      expect.stringContaining('ozone.om.address.svc.om1: 0.0.0.0'),
      'ozone.om.address.svc.om2: not set',
    ]);
  });
});

describe('the local store', () => {
  it('does not mind what the file says of the cluster', () => {
    const properties = { 'ozone.security.enabled': 'true', 'ozone.replication.type': 'EC' };
    expect(load(properties, ['--store', 'local']).config).toMatchObject({
      store: { kind: 'local' },
      auth: { kind: 'local' },
    });
  });

  it('has no Ozone Manager to ask for signatures', () => {
    expect(problemsOf({}, ['--store', 'local'], ['--auth', 'ozone'])).toEqual([expect.stringMatching(/^--auth ozone/)]);
  });
});
