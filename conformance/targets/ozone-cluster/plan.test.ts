import { describe, expect, it } from '@jest/globals';
import { addressIn, plannedRoles, type ClusterShape } from './plan.ts';

const shape: ClusterShape = { datanodes: 3, referenceGateway: false, properties: {}, jvm: 'small' };
const names = (more: Partial<ClusterShape>): readonly string[] =>
  plannedRoles({ ...shape, ...more }).map(({ name }) => name);

describe('the roles of a cluster', () => {
  it('are those of its shape, in the order in which they come up', () => {
    expect(names({})).toEqual(['scm', 'om', 'dn1', 'dn2', 'dn3']);
    expect(names({ datanodes: 1, referenceGateway: true })).toEqual(['scm', 'om', 'dn1', 's3g']);
  });

  it('have an address each', () => {
    const roles = plannedRoles({ ...shape, datanodes: 9, referenceGateway: true });
    expect(new Set(roles.map(({ addressIndex }) => addressIndex)).size).toBe(roles.length);
  });

  it('are initialised once, and wait for those that they need', () => {
    const [scm, om, datanode] = plannedRoles(shape);
    expect(scm?.environment).toMatchObject({ ENSURE_SCM_INITIALIZED: '/data/metadata/scm/current/VERSION' });
    expect(scm?.environment).not.toHaveProperty('WAITFOR');
    expect(om?.environment).toMatchObject({
      ENSURE_OM_INITIALIZED: '/data/metadata/om/current/VERSION',
      WAITFOR: 'scm:9876',
    });
    expect(datanode).toMatchObject({ command: ['ozone', 'datanode'], environment: { WAITFOR: 'scm:9876' } });
  });

  it('all run with the properties that were asked for', () => {
    const roles = plannedRoles({ ...shape, properties: { 'ozone.scm.block.size': '16MB' } });
    for (const { environment } of roles) {
      expect(environment).toHaveProperty(['OZONE-SITE.XML_ozone.scm.block.size'], '16MB');
    }
  });

  it('have the heap that was asked for', () => {
    expect(plannedRoles(shape)[0]?.environment.OZONE_OPTS).toContain('TieredStopAtLevel=1');
    expect(plannedRoles({ ...shape, jvm: 'measuring' })[0]?.environment.OZONE_OPTS).toBe('-Xmx1g');
  });
});

describe('addresses of a network', () => {
  it.each([
    ['172.18.0.0/16', 10, '172.18.0.10'],
    ['192.168.32.0/20', 300, '192.168.33.44'],
    ['10.0.0.240/28', 14, '10.0.0.254'],
  ])('%s: number %d is %s', (subnet, index, address) => {
    expect(addressIn(subnet, index)).toBe(address);
  });

  it.each([
    ['10.0.0.240/28', 15],
    ['fd00::/64', 1],
  ])('%s has no number %d', (subnet, index) => {
    expect(() => addressIn(subnet, index)).toThrow('has no address number');
  });
});
