import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { targetFrom } from '../cli/connection-options.ts';
import type { TargetOptions } from '../engine/target.ts';

const variables = [
  'CONFORMANCE_ACCESS_KEY',
  'CONFORMANCE_SECRET_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
];
const before = variables.map((name) => [name, process.env[name]] as const);

function setAll(values: readonly (readonly [string, string | undefined])[]): void {
  for (const [name, value] of values) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

beforeEach(() => setAll(variables.map((name) => [name, undefined])));
afterEach(() => setAll(before));

type Given = Parameters<typeof targetFrom>[0];
const given: Given = { endpoint: 'http://127.0.0.1:9', region: 'us-east-1', large: true };
const aws = [
  ['AWS_ACCESS_KEY_ID', 'of-aws'],
  ['AWS_SECRET_ACCESS_KEY', 's'],
  ['AWS_SESSION_TOKEN', 'token'],
] as const;
const ours = [
  ['CONFORMANCE_ACCESS_KEY', 'ours'],
  ['CONFORMANCE_SECRET_KEY', 's'],
] as const;

it.each<[string, readonly (readonly [string, string])[], Partial<Given>, TargetOptions['credentials']]>([
  ['the options', aws, { accessKey: 'a', secretKey: 'b' }, { accessKeyId: 'a', secretAccessKey: 'b' }],
  ['our variables before those of AWS', [...aws, ...ours], {}, { accessKeyId: 'ours', secretAccessKey: 's' }],
  ['those of AWS, with their token', aws, {}, { accessKeyId: 'of-aws', secretAccessKey: 's', sessionToken: 'token' }],
  [
    'a token that is given',
    ours,
    { sessionToken: 'given' },
    { accessKeyId: 'ours', secretAccessKey: 's', sessionToken: 'given' },
  ],
])('credentials are %s', (_, environment, options, credentials) => {
  setAll(environment);
  expect(targetFrom({ ...given, ...options }).options.credentials).toEqual(credentials);
});

it.each<[string, Partial<Given>, Partial<TargetOptions>]>([
  [
    'a second account',
    { secondAccessKey: 'a', secondSecretKey: 'b' },
    { secondCredentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
  ],
  [
    'no second account for empty variables',
    { secondAccessKey: '', secondSecretKey: '' },
    { secondCredentials: undefined },
  ],
  ['given buckets', { buckets: ['a', 'b'] }, { bucketMode: 'existing', buckets: ['a', 'b'] }],
  ['a bucket for each case', {}, { bucketMode: 'per-case' }],
  ['a pool', { bucketMode: 'pool' }, { bucketMode: 'pool' }],
  [
    'region, domain and account',
    { region: 'r', domain: 'd', accountId: '1' },
    { region: 'r', domain: 'd', accountId: '1' },
  ],
])('options say: %s', (_, options, expected) => {
  expect(targetFrom({ accessKey: 'a', secretKey: 'b', ...given, ...options }).options).toMatchObject(expected);
});
