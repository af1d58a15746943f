import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

import { ozoneRows } from './ozone.ts';
import { rows } from './rows.ts';
import type { Row } from './rows.ts';
import type { Endpoint } from './sign.ts';

export interface Options {
  readonly endpoints: readonly Endpoint[];
  /** Ours on Ozone beside Ozone's own gateway, on a cluster that is started. */
  readonly isOnOzone: boolean;
  readonly rounds: number;
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly listKeys: number;
  readonly workers: number;
  readonly directory: string;
  readonly out: string | undefined;
  readonly profile: string | undefined;
}

export const help = `npm run bench -- [options]

Measures S3 endpoints side by side and prints a Markdown table, and one JSON line a row behind it.
Without --endpoint it starts the built gateway and the peers that \`npm run bench:peers\` has built.

  --endpoint NAME=URL,ACCESSKEY,SECRETKEY   repeatable; the first is compared with the fastest of the others
  --ozone          starts a cluster of Ozone in containers, and measures the built gateway and Ozone's own before it
  --rounds N       rounds a row, each endpoint once a round, their order rotated (5)
  --seconds N      length of one measurement (3)
  --only ROW,ROW   ${rows.map(({ name }) => name).join(', ')}
  --list-keys N    keys in the large listing (100000; on Ozone 10000)
  --workers N      workers of the gateway that is started (2)
  --data DIR       where the servers that are started put their data (the system's temporary folder)
  --out FILE       appends the JSON lines to FILE too
  --profile DIR    has every process of the gateway that is started write a CPU profile to DIR as it ends
`;

function endpointOf(text: string): Endpoint {
  const [, name, url, accessKey, secretKey] = /^([^=]+)=([^,]+),([^,]+),(.+)$/.exec(text) ?? [];
  if (name === undefined || url === undefined || accessKey === undefined || secretKey === undefined) {
    throw new Error('--endpoint wants NAME=URL,ACCESSKEY,SECRETKEY');
  }
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'http:') throw new Error(`--endpoint ${name}: only http: is measured`);
  return { name, host: hostname, port: port === '' ? 80 : Number(port), accessKey, secretKey };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} wants a number over 0`);
  return value;
}

function rowsOf(text: string | undefined, known: readonly Row[]): readonly Row[] {
  if (text === undefined) return known;
  return text.split(',').map((name) => {
    const row = known.find((candidate) => candidate.name === name);
    if (row === undefined) throw new Error(`--only: there is no row ${name}`);
    return row;
  });
}

/** Undefined: help is asked for. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean' },
      endpoint: { type: 'string', multiple: true, default: [] },
      ozone: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string' },
      'list-keys': { type: 'string' },
      workers: { type: 'string', default: '2' },
      data: { type: 'string', default: tmpdir() },
      out: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  if (values.help === true) return undefined;
  return {
    endpoints: values.endpoint.map(endpointOf),
    isOnOzone: values.ozone,
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    rows: rowsOf(values.only, values.ozone ? ozoneRows : rows),
    listKeys: positive('list-keys', values['list-keys'] ?? (values.ozone ? '10000' : '100000')),
    workers: positive('workers', values.workers),
    directory: values.data,
    out: values.out,
    profile: values.profile,
  };
}
