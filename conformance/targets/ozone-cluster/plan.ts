import { omGrpcPort, roleSite, siteEnvironment, type SiteProperties } from './site.ts';

/** A container to run. */
export interface PlannedRole {
  /** What the other roles call it, such as `dn2`. */
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Its place in the network. Fixed, because a pipeline knows its datanodes by address, and they are restarted. */
  readonly addressIndex: number;
  /** It answers here when it is up. */
  readonly port: number;
}

export interface ClusterShape {
  readonly datanodes: number;
  readonly referenceGateway: boolean;
  readonly properties: SiteProperties;
  /** `small` is for many on one machine, and slow; `measuring` is for knowing how fast it can be. */
  readonly jvm: 'small' | 'measuring';
}

const jvmOptions = { small: '-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1', measuring: '-Xmx1g' };
export const referencePort = 9878;
const scmHttpPort = 9876;
const omHttpPort = 9874;
const datanodePort = 9859;
const indexes = { scm: 10, om: 11, s3g: 12, firstDatanode: 21 };

/** In the order in which they come up. */
export function plannedRoles(shape: ClusterShape): readonly PlannedRole[] {
  const site = roleSite({ om: 'om', scm: 'scm' }, shape.datanodes, shape.properties);
  const shared = {
    OZONE_CONF_DIR: '/etc/hadoop',
    // The public image's entrypoint writes here, and its launcher reads from the other.
    HADOOP_CONF_DIR: '/etc/hadoop',
    OZONE_OPTS: jvmOptions[shape.jvm],
    ...siteEnvironment(site),
  };
  const role = (name: string, addressIndex: number, port: number, more: Record<string, string>): PlannedRole => ({
    name,
    command: ['ozone', name.startsWith('dn') ? 'datanode' : name],
    environment: { ...shared, ...more },
    addressIndex,
    port,
  });
  const afterScm = { WAITFOR: `scm:${scmHttpPort}` };
  return [
    role('scm', indexes.scm, scmHttpPort, { ENSURE_SCM_INITIALIZED: '/data/metadata/scm/current/VERSION' }),
    role('om', indexes.om, omGrpcPort, { ...afterScm, ENSURE_OM_INITIALIZED: '/data/metadata/om/current/VERSION' }),
    ...Array.from({ length: shape.datanodes }, (_, index) =>
      role(`dn${index + 1}`, indexes.firstDatanode + index, datanodePort, afterScm),
    ),
    ...(shape.referenceGateway ? [role('s3g', indexes.s3g, referencePort, { WAITFOR: `om:${omHttpPort}` })] : []),
  ];
}

/** The address number `index` of a subnet such as 172.18.0.0/16. */
export function addressIn(subnet: string, index: number): string {
  const [base = '', bits = ''] = subnet.split('/');
  const number = base.split('.').reduce((total, part) => total * 256 + Number(part), 0) + index;
  if (!/^\d+(?:\.\d+){3}$/.test(base) || index >= 2 ** (32 - Number(bits)) - 1) {
    throw new Error(`the network ${subnet} has no address number ${index}`);
  }
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
