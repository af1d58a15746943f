import { describe, expect, it } from '@jest/globals';
import { against, useCommandLine } from './command-line.ts';
import { FakeS3, refusing, type Fault } from './fake-s3.ts';

const runCli = useCommandLine();
const hourAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

/** Buckets of two runs, and of other people. */
function furnished(fault?: Fault): FakeS3 {
  const fake = new FakeS3(fault);
  const add = (name: string, hours: number, ...keys: string[]): void => {
    const objects = new Map(keys.map((key) => [key, Buffer.from('v')]));
    fake.buckets.set(name, { made: hourAgo(hours), objects });
  };
  add('s3c-0123abcd-1', 30, 'one', 'two');
  add('s3c-0123abcd-12.a.b', 30);
  add('s3c-ffffffff-1', 1, 'one');
  for (const foreign of ['photos', 's3c-backup', 's3c-0123abcd', 's3c-archive-1', 'my-s3c-0123abcd-1']) {
    add(foreign, 1_000, 'precious');
  }
  return fake;
}

const foreign = ['my-s3c-0123abcd-1', 'photos', 's3c-0123abcd', 's3c-archive-1', 's3c-backup'];

describe('cleanup', () => {
  it.each([
    [['--run', '0123abcd'], ['s3c-ffffffff-1']],
    [['--older-than', '24'], ['s3c-ffffffff-1']],
    [['--older-than', '0'], []],
    [
      ['--run', '99999999'],
      ['s3c-0123abcd-1', 's3c-0123abcd-12.a.b', 's3c-ffffffff-1'],
    ],
  ])('%j removes what is meant, and never another bucket', async (argv, left) => {
    const fake = furnished();
    const { code } = await against(fake.listener, (options) => runCli('cleanup', ...options, ...argv));
    expect(code).toBe(0);
    expect([...fake.buckets.keys()].sort()).toEqual([...foreign, ...left].sort());
    const touched = fake.requests.filter((line) => foreign.some((name) => line.split('/')[1] === name));
    expect(touched).toEqual([]);
  });

  it('--dry-run only names them', async () => {
    const fake = furnished();
    const { text } = await against(fake.listener, (options) =>
      runCli('cleanup', ...options, '--run', '0123abcd', '--dry-run'),
    );
    expect(text).toBe('would remove s3c-0123abcd-1\nwould remove s3c-0123abcd-12.a.b\n2 buckets of the suite\n');
    expect(fake.requests.filter((line) => line.startsWith('DELETE'))).toEqual([]);
  });

  it('says what it could not remove', async () => {
    const fake = furnished(refusing(403, 'AccessDenied', ({ method }) => method === 'DELETE'));
    const { code, text } = await against(fake.listener, (options) =>
      runCli('cleanup', ...options, '--run', 'ffffffff'),
    );
    expect([code, text]).toEqual([4, 'COULD NOT REMOVE s3c-ffffffff-1\n1 buckets of the suite\n']);
  });

  it.each<[string, string[], string]>([
    ['nothing is said of which', [], 'Which buckets?'],
    ['both are said', ['--run', '0123abcd', '--older-than', '1'], 'Which buckets?'],
    ['the run is none', ['--run', '*'], 'the eight characters after s3c- are needed'],
    ['the hours are none', ['--older-than', 'x'], 'a number of hours is needed'],
  ])('does nothing when %s', async (_, argv, words) => {
    const fake = furnished();
    const { code, text } = await against(fake.listener, (options) => runCli('cleanup', ...options, ...argv));
    expect(code).toBe(4);
    expect(text).toContain(words);
    expect(fake.buckets.size).toBe(8);
  });

  it('says that a server does not list its buckets', async () => {
    const fake = new FakeS3(refusing(501, 'NotImplemented', () => true));
    const { code, text } = await against(fake.listener, (options) =>
      runCli('cleanup', ...options, '--run', '0123abcd'),
    );
    expect([code, text]).toEqual([4, 'The buckets cannot be listed: ListBuckets answered 501 NotImplemented\n']);
  });
});
