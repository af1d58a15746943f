/** Where the roles are found, by whoever reads the site file: names inside the network, addresses outside of it. */
export interface SiteHosts {
  readonly om: string;
  readonly scm: string;
}

export type SiteProperties = Readonly<Record<string, string>>;

export const omGrpcPort = 8981;

/** What the roles of a cluster run with; `more` has the last word. */
export function roleSite(hosts: SiteHosts, datanodes: number, more: SiteProperties): SiteProperties {
  return {
    'ozone.om.address': hosts.om,
    'ozone.scm.names': hosts.scm,
    'ozone.scm.client.address': hosts.scm,
    'ozone.scm.block.client.address': hosts.scm,
    'ozone.metadata.dirs': '/data/metadata',
    'ozone.scm.datanode.id.dir': '/data/metadata/datanode',
    'hdds.datanode.dir': '/data/hdds',
    'ozone.http.basedir': '/tmp/ozone-http',
    ...quick,
    // A cluster that has lost a datanode must be able to start again, so that more than a pipeline's are not waited for.
    'hdds.scm.safemode.min.datanode': String(Math.min(datanodes, 3)),
    ...replication(datanodes),
    ...more,
  };
}

/** What a gateway outside of the network runs with. */
export function gatewaySite(hosts: SiteHosts, datanodes: number, more: SiteProperties): SiteProperties {
  return {
    'ozone.om.address': hosts.om,
    'ozone.om.grpc.port': String(omGrpcPort),
    'ozone.scm.names': hosts.scm,
    ...replication(datanodes),
    ...more,
  };
}

/** The defaults are for machines that run for months: they wait longer, and keep more space free, than a test can. */
const quick: SiteProperties = {
  'hdds.scm.wait.time.after.safemode.exit': '5s',
  'hdds.heartbeat.interval': '2s',
  'ozone.scm.container.size': '1GB',
  'ozone.datanode.pipeline.limit': '1',
  'hdds.datanode.volume.min.free.space': '100MB',
  'hdds.datanode.volume.min.free.space.percent': '0',
  'ozone.scm.datanode.ratis.volume.free-space.min': '10MB',
  'hdds.container.ratis.datastream.enabled': 'false',
};

function replication(datanodes: number): SiteProperties {
  return datanodes < 3 ? { 'ozone.replication': '1', 'ozone.server.default.replication': '1' } : {};
}

/** The file that Ozone and gateways read: `ozone-site.xml`. */
export function siteXml(properties: SiteProperties): string {
  const lines = Object.entries(properties).map(
    ([name, value]) => `  <property><name>${escaped(name)}</name><value>${escaped(value)}</value></property>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<configuration>\n${lines.join('')}</configuration>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same for the image's entrypoint, which makes the file from the environment. */
export function siteEnvironment(properties: SiteProperties): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [`OZONE-SITE.XML_${name}`, value]));
}
