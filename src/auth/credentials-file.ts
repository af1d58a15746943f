import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withFileLock } from './file-lock.ts';
import { makePrivateDir, replacePrivateFile } from './private-file.ts';

/** What a change of a user's secret came to, by the names that Ozone gives them. */
export type SecretRefusal = 'S3_SECRET_ALREADY_EXISTS' | 'S3_SECRET_NOT_FOUND' | 'ACCESS_ID_NOT_FOUND';

export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly code: SecretRefusal;

  constructor(code: SecretRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

/** The secrets of a data directory, by user name. A change has resolved once it counts in every process. */
export interface CredentialsFile {
  /** Undefined: no such user. */
  secretOf(userName: string): string | undefined;
  /** Makes a secret of 64 hex digits and returns it; S3_SECRET_ALREADY_EXISTS if there is one. */
  create(userName: string): Promise<string>;
  /** Replaces a secret; ACCESS_ID_NOT_FOUND if there is none. */
  replace(userName: string, secret: string): Promise<void>;
  /** Sets a secret, whether or not there is one. */
  put(userName: string, secret: string): Promise<void>;
  /** S3_SECRET_NOT_FOUND if there is none. */
  revoke(userName: string): Promise<void>;
}

export function credentialsFile(dataDir: string): CredentialsFile {
  const path = join(dataDir, 'credentials.json');
  const secrets = watchedSecrets(path);

  const change = async <T>(mutate: (secrets: Map<string, string>) => T): Promise<T> => {
    makePrivateDir(dirname(path));
    const result = await withFileLock(`${path}.lock`, () => {
      const changed = new Map(readSecrets(path));
      const mutated = mutate(changed);
      replacePrivateFile(path, `${JSON.stringify(Object.fromEntries(changed), null, 2)}\n`);
      return mutated;
    });
    await sleep(2 * freshMs); // no running server goes by an older look any more
    return result;
  };

  return {
    secretOf: (userName) => secrets(userName).get(userName),
    create: async (userName) =>
      change((changed) => {
        if (changed.has(userName)) {
          throw new SecretError(
            'S3_SECRET_ALREADY_EXISTS',
            `user '${userName}' has a secret; revoke it before making another`,
          );
        }
        const secret = randomBytes(32).toString('hex');
        changed.set(userName, secret);
        return secret;
      }),
    replace: async (userName, secret) => {
      // Looked at before the lock too, so that a refusal makes no directory.
      requireKnown(secrets(), userName, 'ACCESS_ID_NOT_FOUND');
      await change((changed) => {
        requireKnown(changed, userName, 'ACCESS_ID_NOT_FOUND');
        changed.set(userName, secret);
      });
    },
    put: async (userName, secret) => {
      if (secrets().get(userName) !== secret) await change((changed) => changed.set(userName, secret));
    },
    revoke: async (userName) => {
      requireKnown(secrets(), userName, 'S3_SECRET_NOT_FOUND');
      await change((changed) => {
        requireKnown(changed, userName, 'S3_SECRET_NOT_FOUND');
        changed.delete(userName);
      });
    },
  };
}

function requireKnown(secrets: ReadonlyMap<string, string>, userName: string, code: SecretRefusal): void {
  if (!secrets.has(userName)) throw new SecretError(code, `user '${userName}' has no secret; getsecret makes one`);
}

/** How long a look at the file is good for: a look at every request would be a fourteenth of a small GET. */
const freshMs = 20;

/** The file is read again when another stands in its place: it is only ever replaced, never written in. */
function watchedSecrets(path: string): (knows?: string) => ReadonlyMap<string, string> {
  let seen = '';
  let secrets: ReadonlyMap<string, string> = new Map();
  let lookedAtMs = -Infinity;
  return (knows) => {
    const nowMs = performance.now();
    if (nowMs - lookedAtMs < freshMs && knows !== undefined && secrets.has(knows)) return secrets;
    lookedAtMs = nowMs;
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    const now = found === undefined ? 'none' : `${found.ino} ${found.mtimeNs} ${found.size}`;
    if (now !== seen) {
      secrets = readSecrets(path);
      seen = now;
    }
    return secrets;
  };
}

function readSecrets(path: string): ReadonlyMap<string, string> {
  const text = textOf(path);
  if (text === undefined) return new Map();
  const entries = Object.entries(parseObject(text) ?? {});
  const secrets = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (parseObject(text) !== undefined && secrets.length === entries.length) return new Map(secrets);
  throw new Error(`${path} is not a JSON object of secrets by user name`);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
