import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replacePrivateFile } from './private-file.ts';

export interface AwsProfile {
  readonly userName: string;
  readonly secret: string;
}

export function awsProfilePath(dataDir: string): string {
  return join(dataDir, 'aws-credentials');
}

/** The credentials that AWS tools find through AWS_SHARED_CREDENTIALS_FILE; undefined when there are none. */
export function readAwsProfile(dataDir: string): AwsProfile | undefined {
  const text = textOf(awsProfilePath(dataDir));
  const userName = /^aws_access_key_id *= *(\S+)/m.exec(text)?.[1];
  const secret = /^aws_secret_access_key *= *(\S+)/m.exec(text)?.[1];
  return userName === undefined || secret === undefined ? undefined : { userName, secret };
}

/** Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
export function writeAwsProfile(dataDir: string, { userName, secret }: AwsProfile): void {
  const lines = ['[default]', `aws_access_key_id = ${userName}`, `aws_secret_access_key = ${secret}`, ''];
  replacePrivateFile(awsProfilePath(dataDir), lines.join('\n'));
}

/** Keeps the profile usable when the secret of its user changes; another user's profile is left alone. */
export function refreshAwsProfile(dataDir: string, profile: AwsProfile): void {
  const present = readAwsProfile(dataDir);
  if (present?.userName === profile.userName && present.secret !== profile.secret) writeAwsProfile(dataDir, profile);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
