import { dirname } from 'node:path';

/** A finished system call that succeeded, in the order in which the calls finished. */
export interface SystemCall {
  readonly name: string;
  /** Arguments and result as strace prints them. */
  readonly text: string;
  /** The descriptor that it takes, or that openat gave. */
  readonly descriptor: string;
  /** Path of the file behind the descriptor, or `TCP:[…]`; the path that mkdir made. */
  readonly target: string;
}

/** strace's options that make what `parseTrace` reads; syncs take so long that who does not wait for them is caught. */
export const traceOptions = [
  ...['--follow-forks', '--decode-fds=all', '--string-limit=400', '--seccomp-bpf', '--quiet=all'],
  '--trace=openat,mkdir,rename,link,linkat,read,write,writev,sendto,sendmsg,pwrite64,pwritev,pwritev2,fsync,fdatasync,msync',
  '--inject=fsync,fdatasync:delay_enter=20ms',
];

function callOf(text: string): SystemCall | undefined {
  const [, name, rest = ''] = /^(\w+)\((.*)$/.exec(text) ?? [];
  if (name === undefined || / = -1 E\w+ /.test(rest)) return undefined;
  if (name === 'mkdir') return { name, text: rest, descriptor: '', target: /^"([^"]*)"/.exec(rest)?.[1] ?? '' };
  const [, descriptor = '', target = ''] =
    (name === 'openat' ? /= (\d+)<(.*)>$/ : /^(\d+)<([^>]*(?:->[^>]*)?)>/).exec(rest) ?? [];
  return { name, text: rest, descriptor, target };
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

function isConnection({ target }: SystemCall): boolean {
  return target.startsWith('TCP');
}

/** The calls from the one that read this request to the one that began to write its answer, both without. */
export function callsOfRequest(calls: readonly SystemCall[], requestLine: string): SystemCall[] {
  const first = calls.findIndex(
    (call) => call.name === 'read' && isConnection(call) && call.text.includes(`"${requestLine}`),
  );
  const later = calls.slice(first + 1);
  const last = later.findIndex((call) => isConnection(call) && call.text.includes('"HTTP/1.1 '));
  if (first === -1 || last === -1) throw new Error(`the trace has no answered ${requestLine}`);
  return later.slice(0, last);
}

/** Follows what a power loss would take away: written bytes, and the names of new files and directories. */
export class Unsynced {
  readonly bytes = new Set<string>();
  readonly names = new Set<string>();
  /** Descriptors that were opened with O_DSYNC: what is written there is synced by itself. */
  readonly #synchronous: ReadonlySet<string>;

  constructor(calls: readonly SystemCall[]) {
    const opened = calls.filter(({ name, text }) => name === 'openat' && text.includes('O_DSYNC'));
    this.#synchronous = new Set(opened.map(({ descriptor, target }) => `${descriptor} ${target}`));
  }

  isSynchronous({ descriptor, target }: SystemCall): boolean {
    return this.#synchronous.has(`${descriptor} ${target}`);
  }

  follow(call: SystemCall): void {
    const { name, text, target } = call;
    if (name === 'mkdir' || (name === 'openat' && text.includes('O_CREAT'))) this.names.add(target);
    else if (/^p?write/.test(name) && !this.isSynchronous(call)) this.bytes.add(target);
    else if (name === 'fsync' || name === 'fdatasync') this.#sync(target);
  }

  /** What is unsynced in a directory, at any depth. */
  in(directory: string): string[] {
    return [...this.bytes, ...this.names].filter((path) => path.startsWith(directory));
  }

  #sync(target: string): void {
    this.bytes.delete(target);
    for (const name of this.names) if (dirname(name) === target) this.names.delete(name);
  }
}
