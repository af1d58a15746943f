import { GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetObjectLockConfiguration',
  feature: 'object-lock',
  query: 'object-lock',
  command: (input) => new GetObjectLockConfigurationCommand(input),
  answer: { status: 404, code: 'ObjectLockConfigurationNotFoundError' },
});
