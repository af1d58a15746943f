/** A finished system call, in the order in which the calls finished. */
export interface SystemCall {
  readonly name: string;
  /** Arguments as strace prints them. */
  readonly text: string;
  /** Path of the file behind its first descriptor, or `TCP:[…]`. */
  readonly target: string;
}

/** strace's options that make what `parseTrace` reads. */
export const traceOptions = [
  '--follow-forks',
  '--decode-fds=all',
  '--string-limit=400',
  '--seccomp-bpf',
  '--quiet=all',
];

export const tracedCalls = [
  ...['openat', 'close', 'rename', 'renameat', 'renameat2', 'link', 'linkat'],
  ...['read', 'recvfrom', 'recvmsg', 'write', 'writev', 'sendto', 'sendmsg'],
  ...['pwrite64', 'pwritev', 'pwritev2', 'fsync', 'fdatasync', 'msync', 'sync_file_range'],
];

function callOf(text: string): SystemCall | undefined {
  const [, name, rest = ''] = /^(\w+)\((.*)$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  const descriptor = name === 'openat' ? /= \d+<(.*)>$/.exec(rest)?.[1] : /^\d+<([^>]*(?:->[^>]*)?)>/.exec(rest)?.[1];
  return { name, text: rest, target: descriptor ?? '' };
}

/** Reads what strace wrote; a call that was interrupted by another thread's stands where it finished. */
export function parseTrace(trace: string): SystemCall[] {
  const unfinished = new Map<string, string>();
  const calls: SystemCall[] = [];
  for (const line of trace.split('\n')) {
    const [, pid = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const begun = /^(.*) <unfinished \.\.\.>$/.exec(text)?.[1];
    if (begun !== undefined) {
      unfinished.set(pid, begun);
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
    const call = callOf(resumed === undefined ? text : `${unfinished.get(pid) ?? ''}${resumed}`);
    if (call !== undefined) calls.push(call);
  }
  return calls;
}
