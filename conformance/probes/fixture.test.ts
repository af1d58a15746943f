import { expect, it } from '@jest/globals';
import type { CaseContext } from '../engine/case-context.ts';
import type { Exchange } from '../engine/exchange.ts';
import { CaseBlocked } from '../engine/failure.ts';
import { takeSnapshot } from './fixture.ts';

it('takes silence for no sign of damage', async () => {
  const silent = { response: undefined, noResponse: 'timeout' } as Exchange<never>;
  const look: CaseContext['look'] = () => Promise.resolve(silent);
  const snapshot = takeSnapshot(look, { bucket: 'a', emptyBucket: 'b', key: 'k' });
  await expect(snapshot).rejects.toThrow(CaseBlocked);
  await expect(snapshot).rejects.toMatchObject({ causeOfFailure: 'timeout' });
});
