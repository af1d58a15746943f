import { describe, expect, it } from '@jest/globals';
import { omNodes } from './om-nodes.ts';

const ha = {
  'ozone.om.service.ids': 'svc',
  'ozone.om.nodes.svc': 'om1, om2 ,om3',
  'ozone.om.address.svc.om1': 'host1:9862',
  'ozone.om.address.svc.om2': 'host2',
  'ozone.om.address.svc.om3': '[fd00::3]:9862',
};

function read(given: Readonly<Record<string, string>>) {
  const values: Readonly<Record<string, string>> = { 'ozone.om.grpc.port': '8981', ...given };
  const problems: string[] = [];
  const nodes = omNodes((name) => values[name], problems);
  return { nodes: nodes.map(({ nodeId, host, port }) => `${nodeId}@${host}:${port}`), problems };
}

describe('where the OMs are', () => {
  it.each([
    ['one alone', { 'ozone.om.address': 'om' }, ['@om:8981']],
    ['one alone, its RPC port is not used', { 'ozone.om.address': '172.28.0.11:9862' }, ['@172.28.0.11:8981']],
    ['another gRPC port', { 'ozone.om.address': 'om', 'ozone.om.grpc.port': '18981' }, ['@om:18981']],
    ['several', ha, ['om1@host1:8981', 'om2@host2:8981', 'om3@fd00::3:8981']],
    [
      'a gRPC port of one',
      { ...ha, 'ozone.om.grpc.port.svc.om2': '40074' },
      ['om1@host1:8981', 'om2@host2:40074', 'om3@fd00::3:8981'],
    ],
    [
      'one decommissioned, one that listens',
      { ...ha, 'ozone.om.decommissioned.nodes.svc': 'om1', 'ozone.om.listener.nodes.svc': 'om3' },
      ['om2@host2:8981'],
    ],
    [
      'one service of two',
      { ...ha, 'ozone.om.service.ids': 'other,svc', 'ozone.om.internal.service.id': 'svc' },
      ['om1@host1:8981', 'om2@host2:8981', 'om3@fd00::3:8981'],
    ],
    ['a service without names of nodes', { 'ozone.om.service.ids': 'svc', 'ozone.om.address.svc': 'om' }, ['@om:8981']],
  ])('%s', (_, given, nodes) => {
    expect(read(given)).toEqual({ nodes, problems: [] });
  });

  it.each([
    ['nothing', {}, /^ozone\.om\.address: not set; give --om-address HOST, or --conf DIR/],
    ['an address of all interfaces', { 'ozone.om.address': '0.0.0.0:9862' }, /listens, not where it is/],
    ['a URL', { 'ozone.om.address': 'http://om:9862' }, /must be HOST or HOST:PORT/],
    ['two services', { ...ha, 'ozone.om.service.ids': 'a,svc' }, /ozone\.om\.internal\.service\.id says which/],
    ['another service', { ...ha, 'ozone.om.internal.service.id': 'x' }, /'x' is none of/],
    ['a node without an address', { ...ha, 'ozone.om.address.svc.om2': '' }, /^ozone\.om\.address\.svc\.om2: not set/],
    ['a port of one', { ...ha, 'ozone.om.grpc.port.svc.om1': '99999' }, /^ozone\.om\.grpc\.port\.svc\.om1: '99999'/],
    ['none left', { ...ha, 'ozone.om.decommissioned.nodes.svc': 'om1,om2,om3' }, /all of them/],
  ])('with %s, says so', (_, given, problem) => {
    const { problems } = read(given);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});
