// @needs python3:boto3
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { runProgram } from '../run-program.ts';
import { useClientTest } from './client-test.ts';

describe('boto3', () => {
  const current = useClientTest();
  const script = join(import.meta.dirname, 'boto3_tour.py');
  const steps = [
    'put_get_head',
    'system_headers_and_metadata',
    'list',
    'multipart',
    'transfer',
    'presigned',
    'copy',
    'tags',
    'conditions',
    'delete',
  ];

  it.each(steps)('%s', async (step) => {
    const printed = await runProgram('python3', [script, step], { env: current().env });

    expect(printed.trim()).toBe(`${step} ok`);
  });
});
