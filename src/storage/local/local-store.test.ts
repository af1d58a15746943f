import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeObjectStore } from '../contract/describe-object-store.ts';
import { openLocalStore } from './index.ts';

describeObjectStore('local', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'local-store-'));
  const store = await openLocalStore({ dir, role: 'server' });
  return {
    store,
    async close() {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
});
