import { describe, expect, it } from '@jest/globals';
import { banner } from './banner.ts';

const facts = {
  s3: { host: '127.0.0.1', port: 9878 },
  admin: { host: '127.0.0.1', port: 19_878 },
  store: { kind: 'local', dir: '/srv/s3', uploadMaxAgeMs: 1, sweepEveryMs: 1 } as const,
  dataDir: '/srv/s3',
  user: { name: 'alice' },
  notReady: [],
};

describe('what serve prints', () => {
  it('names the address, the data and a command', () => {
    const lines = banner(facts).split('\n');
    expect(lines).toContain('S3 listening on http://127.0.0.1:9878');
    expect(lines).toContain('Data in /srv/s3');
    expect(lines.map((line) => line.trim())).toContain(
      'AWS_SHARED_CREDENTIALS_FILE=/srv/s3/aws-credentials aws --endpoint-url http://127.0.0.1:9878 s3 ls',
    );
  });

  it.each([
    ['0.0.0.0', 'http://0.0.0.0:9878', 'http://127.0.0.1:9878'],
    ['::', 'http://[::]:9878', 'http://[::1]:9878'],
    ['::1', 'http://[::1]:9878', 'http://[::1]:9878'],
  ])('listening on %s, the command names an address that can be reached', (host, listening, reachable) => {
    const text = banner({ ...facts, s3: { host, port: 9878 } });
    expect(text).toContain(`S3 listening on ${listening}\n`);
    expect(text).toContain(`--endpoint-url ${reachable} `);
  });

  it.each([
    ['/srv/my data', `'/srv/my data/aws-credentials'`],
    [`/srv/it's`, `'/srv/it'\\''s/aws-credentials'`],
  ])('quotes %s for the shell', (dataDir, word) => {
    expect(banner({ ...facts, dataDir })).toContain(`AWS_SHARED_CREDENTIALS_FILE=${word} aws`);
  });

  it('has no command for a user who was revoked', () => {
    const text = banner({ ...facts, user: undefined });
    expect(text).not.toContain('AWS_SHARED');
    expect(text).toContain('ozone-s3g getsecret --data /srv/s3');
  });

  it('over Ozone, names its Ozone Managers, and a command for any key', () => {
    const om = { nodes: [{ nodeId: 'om1', host: 'h', port: 8981 }], callTimeoutMs: 1 };
    const settings = {
      volume: 's3v',
      defaultLayout: 'OBJECT_STORE',
      replication: undefined,
      listMaxKeys: 1000,
      omListMaxSize: 1000,
      durability: 'ALL_COMMITTED',
      useDatanodeHostname: false,
    } as const;
    const text = banner({ ...facts, store: { kind: 'ozone', om, settings }, user: 'any', notReady: ['no leader'] });
    expect(text).toContain('Buckets in the volume s3v of Ozone (Ozone Manager om1 at h:8981)\n');
    expect(text).toContain('Not ready yet, and asking again: no leader\n');
    expect(text).toContain('AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=any');
    expect(text).not.toContain('/srv/s3');
  });
});
