import { expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { gatewaySite, roleSite, siteEnvironment, siteXml } from './site.ts';

const hosts = { om: 'om', scm: 'scm' };

it('writes a site file that an XML parser reads back', () => {
  const parsed = new XMLParser({ parseTagValue: false }).parse(
    siteXml({ 'ozone.om.address': '10.0.0.3', 'a.b': 'x<&>y' }),
  ) as unknown;
  expect(parsed).toEqual({
    '?xml': '',
    configuration: {
      property: [
        { name: 'ozone.om.address', value: '10.0.0.3' },
        { name: 'a.b', value: 'x<&>y' },
      ],
    },
  });
});

it('names the roles by the hosts it is given', () => {
  expect(roleSite(hosts, 3, {})).toMatchObject({ 'ozone.om.address': 'om', 'ozone.scm.names': 'scm' });
  expect(gatewaySite({ om: '10.0.0.3', scm: '10.0.0.2' }, 3, {})).toEqual({
    'ozone.om.address': '10.0.0.3',
    'ozone.om.grpc.port': '8981',
    'ozone.scm.names': '10.0.0.2',
  });
});

it.each([
  [1, { 'hdds.scm.safemode.min.datanode': '1', 'ozone.replication': '1', 'ozone.server.default.replication': '1' }],
  [2, { 'hdds.scm.safemode.min.datanode': '2', 'ozone.replication': '1' }],
  [3, { 'hdds.scm.safemode.min.datanode': '3' }],
  [5, { 'hdds.scm.safemode.min.datanode': '3' }],
])('waits for, and replicates to, what %d datanodes can do', (datanodes, expected) => {
  const site = roleSite(hosts, datanodes, {});
  expect(site).toMatchObject(expected);
  expect('ozone.replication' in site).toBe(datanodes < 3);
});

it('lets what was asked for have the last word', () => {
  const more = { 'ozone.scm.container.size': '64MB', 'ozone.scm.block.size': '16MB' };
  expect(roleSite(hosts, 3, more)).toMatchObject(more);
  expect(gatewaySite(hosts, 3, more)).toMatchObject(more);
});

it('gives the entrypoint each property as a variable', () => {
  expect(siteEnvironment({ 'ozone.om.address': 'om' })).toEqual({ 'OZONE-SITE.XML_ozone.om.address': 'om' });
});
