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

it('sees an upload that a request began by mistake, as RestoreObject does where ?restore is not known', async () => {
  const uploads: object[] = [];
  const look = ((command: object) => {
    const response = { status: 200, headers: {}, body: Buffer.alloc(0) };
    const output = command.constructor.name === 'ListMultipartUploadsCommand' ? { Uploads: uploads } : {};
    return Promise.resolve({ response, output });
  }) as unknown as CaseContext['look'];
  const fixture = { bucket: 'a', emptyBucket: 'b', key: 'k' };
  const before = await takeSnapshot(look, fixture);
  uploads.push({ Key: 'k', UploadId: '1' });
  expect(await takeSnapshot(look, fixture)).not.toEqual(before);
});
