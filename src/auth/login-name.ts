import { userInfo } from 'node:os';
import { isUserName } from '../s3/user-name.ts';

/** Who runs this process, as a user name; `uid-N` where the system knows no fitting name. */
export function loginName(): string {
  try {
    const { username } = userInfo();
    if (isUserName(username)) return username;
  } catch {
    // No entry in the password file, as in a container with a number for a user.
  }
  return `uid-${process.getuid?.() ?? 0}`;
}
