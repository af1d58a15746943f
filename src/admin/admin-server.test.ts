import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAdminServer, type AdminServer } from './admin-server.ts';

let reasons: readonly string[] = [];
let admin: AdminServer;
beforeAll(async () => {
  const facts = {
    notReadyReasons: async () => reasons,
    metricsText: async () => {
      if (reasons.length > 0) throw new Error('at /some/path');
      return 'up 1\n';
    },
  };
  admin = await startAdminServer({ host: '127.0.0.1', port: 0 }, facts);
});
afterAll(() => admin.close());

async function get(path: string, method = 'GET') {
  const response = await fetch(`http://${admin.host}:${admin.port}${path}`, { method });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

describe('the admin port', () => {
  it('says that it is there', async () => {
    expect(await get('/health')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  });

  it('says whether it is ready, and why not', async () => {
    expect(await get('/ready')).toMatchObject({ status: 200, text: '{"ready":true,"reasons":[]}' });
    reasons = ['The disk is full.'];
    const busy = await get('/ready');
    reasons = [];
    expect(busy).toMatchObject({ status: 503, type: 'application/json; charset=utf-8' });
    expect(JSON.parse(busy.text)).toEqual({ ready: false, reasons: ['The disk is full.'] });
  });

  it('gives the metrics as Prometheus wants them', async () => {
    expect(await get('/metrics')).toEqual({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
      text: 'up 1\n',
    });
  });

  it('keeps what went wrong inside to itself', async () => {
    reasons = ['x'];
    const failed = await get('/metrics');
    reasons = [];
    expect(failed).toMatchObject({ status: 500, text: 'Internal Server Error' });
  });

  it.each([
    ['/', 'GET', 404],
    ['/metrics/../secret', 'GET', 404],
    ['/health', 'POST', 405],
    ['/health', 'HEAD', 200],
  ])('%s %s is answered %d', async (path, method, status) => {
    expect((await get(path, method)).status).toBe(status);
  });

  it('says when its address is taken', async () => {
    const { host, port } = admin;
    await expect(
      startAdminServer({ host, port }, { notReadyReasons: async () => [], metricsText: async () => '' }),
    ).rejects.toMatchObject({
      code: 'EADDRINUSE',
      port,
    });
  });
});
