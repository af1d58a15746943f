import type { OmNodeConfig } from './config.ts';

/** What the OMs are found by, as text under Ozone's names, with suffixes where Ozone has them. */
export type Lookup = (name: string) => string | undefined;

const unspecified = new Set(['0.0.0.0', '::']);

/** Where the OMs are, as Ozone's own clients read it; what is missing or wrong is added to `problems`. */
export function omNodes(lookup: Lookup, problems: string[]): readonly OmNodeConfig[] {
  const services = names(lookup('ozone.om.service.ids'));
  if (services.length === 0) return alone(lookup, problems);
  const wanted = lookup('ozone.om.internal.service.id')?.trim() ?? '';
  if (wanted !== '' && !services.includes(wanted)) {
    problems.push(`ozone.om.internal.service.id: '${wanted}' is none of ozone.om.service.ids (${services.join(', ')})`);
    return [];
  }
  const [only, ...others] = services;
  if (wanted === '' && others.length > 0) {
    problems.push(
      `ozone.om.service.ids: there are ${services.length} (${services.join(', ')}); ozone.om.internal.service.id says which one to use`,
    );
    return [];
  }
  return ofService(lookup, wanted === '' ? (only ?? '') : wanted, problems);
}

function alone(lookup: Lookup, problems: string[]): readonly OmNodeConfig[] {
  if ((lookup('ozone.om.address') ?? '').trim() === '') {
    problems.push(
      'ozone.om.address: not set; give --om-address HOST, or --conf DIR with an ozone-site.xml that has it or ozone.om.service.ids',
    );
    return [];
  }
  return node(lookup, { nodeId: '', suffix: '' }, problems);
}

function ofService(lookup: Lookup, service: string, problems: string[]): readonly OmNodeConfig[] {
  const out = new Set([
    ...names(lookup(`ozone.om.decommissioned.nodes.${service}`)),
    ...names(lookup(`ozone.om.listener.nodes.${service}`)),
  ]);
  const listed = names(lookup(`ozone.om.nodes.${service}`));
  // As Ozone reads it, a service may have one address and no names of nodes.
  if (listed.length === 0) return node(lookup, { nodeId: '', suffix: `.${service}` }, problems);
  const nodeIds = listed.filter((nodeId) => !out.has(nodeId));
  if (nodeIds.length === 0) problems.push(`ozone.om.nodes.${service}: all of them are decommissioned or only listen`);
  return nodeIds.flatMap((nodeId) => node(lookup, { nodeId, suffix: `.${service}.${nodeId}` }, problems));
}

function node(
  lookup: Lookup,
  { nodeId, suffix }: { readonly nodeId: string; readonly suffix: string },
  problems: string[],
): readonly OmNodeConfig[] {
  const host = hostOf(lookup, suffix, problems);
  const port = portOf(lookup, suffix, problems);
  return host === undefined || port === undefined ? [] : [{ nodeId, host, port }];
}

function hostOf(lookup: Lookup, suffix: string, problems: string[]): string | undefined {
  const name = `ozone.om.address${suffix}`;
  const address = lookup(name)?.trim() ?? '';
  const [, bracketed, plain] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/[\]]+))(?::\d{1,5})?$/.exec(address) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && !unspecified.has(host)) return host;
  if (address === '') problems.push(`${name}: not set`);
  else if (host === undefined) problems.push(`${name}: '${address}' must be HOST or HOST:PORT`);
  else problems.push(`${name}: ${host} is where an Ozone Manager listens, not where it is`);
  return undefined;
}

function portOf(lookup: Lookup, suffix: string, problems: string[]): number | undefined {
  const own = suffix === '' ? undefined : lookup(`ozone.om.grpc.port${suffix}`);
  const text = own ?? lookup('ozone.om.grpc.port') ?? '';
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  // The one of all nodes is checked as every other key is.
  if (own !== undefined) problems.push(`ozone.om.grpc.port${suffix}: '${own}' must be a whole number from 1 to 65535`);
  return undefined;
}

function names(text: string | undefined): readonly string[] {
  const given = (text ?? '').split(',').map((name) => name.trim());
  return [...new Set(given.filter((name) => name !== ''))];
}
