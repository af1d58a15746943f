import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anyEngine } from '../../conformance/targets/ozone-cluster/engine.ts';

/** Runs a tool of Ozone in the container of the OM that a site file names: `sh bucket create /s3v/b`. */
export async function ozoneShell(conf: string, ...args: readonly string[]): Promise<string> {
  const address = await omAddress(conf);
  const { container } = await anyEngine();
  const all = await container.dockerode.listContainers();
  const om = all.find(({ NetworkSettings }) =>
    Object.values(NetworkSettings.Networks).some(({ IPAddress }) => IPAddress === address),
  );
  if (om === undefined) throw new Error(`no container has the OM's address ${address}`);
  const { exitCode, stdout, stderr } = await container.exec(container.getById(om.Id), ['ozone', ...args]);
  if (exitCode !== 0) throw new Error(`ozone ${args.join(' ')} ended with ${exitCode}: ${stderr}${stdout}`);
  return stdout;
}

async function omAddress(conf: string): Promise<string> {
  const site = await readFile(join(conf, 'ozone-site.xml'), 'utf8');
  const address = /<name>ozone\.om\.address<\/name>\s*<value>([^<:]+)/.exec(site)?.[1];
  if (address === undefined) throw new Error(`${conf} names no ozone.om.address`);
  return address;
}
