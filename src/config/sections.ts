import { resolve } from 'node:path';
import type { AuthConfig, Config, LocalStoreConfig, OmNodeConfig, OzoneStoreConfig } from './config.ts';
import type { ConfigValues } from './schema.ts';

/** The values as the parts of the gateway take them. */
export function sections(values: ConfigValues, omNodes: readonly OmNodeConfig[]): Config {
  const dataDir = resolve(values['ozone.s3g.data']);
  return {
    listen: values['ozone.s3g.http-address'],
    admin: values['ozone.s3g.webadmin.http-address'],
    store: values['ozone.s3g.store'] === 'local' ? localStore(values, dataDir) : ozoneStore(values, omNodes),
    dataDir,
    workers: values['ozone.s3g.workers'],
    domains: values['ozone.s3g.domain.name'],
    region: { name: values['ozone.s3g.region'], strict: values['ozone.s3g.region.strict'] },
    auth: auth(values),
    firstUser: { accessKey: values['ozone.s3g.access.key'], secretKey: values['ozone.s3g.secret.key'] },
    limits: {
      requestsInFlight: values['ozone.s3g.limits.requests'],
      headerBytes: values['ozone.s3g.limits.header'],
    },
    timeouts: {
      headersMs: values['ozone.s3g.timeout.header'],
      idleMs: values['ozone.s3g.timeout.idle'],
      keepAliveMs: values['ozone.s3g.timeout.keep-alive'],
      graceMs: values['ozone.s3g.timeout.grace'],
      firstSpaceMs: values['ozone.s3g.white-space.first'],
      nextSpaceMs: values['ozone.s3g.white-space.next'],
    },
    log: { level: values['ozone.s3g.log.level'] },
  };
}

function localStore(values: ConfigValues, dir: string): LocalStoreConfig {
  return {
    kind: 'local',
    dir,
    uploadMaxAgeMs: values['ozone.s3g.upload.max-age'],
    sweepEveryMs: values['ozone.s3g.sweep.interval'],
  };
}

function ozoneStore(values: ConfigValues, nodes: readonly OmNodeConfig[]): OzoneStoreConfig {
  return {
    kind: 'ozone',
    om: { nodes, callTimeoutMs: values['ozone.s3g.om.timeout'] },
    settings: {
      volume: values['ozone.s3g.volume.name'],
      defaultLayout: values['ozone.s3g.default.bucket.layout'],
      replication: values['ozone.replication'],
      listMaxKeys: values['ozone.s3g.list.max.keys.limit'],
      omListMaxSize: values['ozone.om.server.list.max.size'],
      durability: values['ozone.s3g.write.durability'],
      useDatanodeHostname: values['hdds.datanode.use.datanode.hostname'],
    },
  };
}

function auth(values: ConfigValues): AuthConfig {
  const kind = values['ozone.s3g.auth'] === '' ? values['ozone.s3g.store'] : values['ozone.s3g.auth'];
  if (kind === 'local') return { kind };
  return { kind, anonymousAccessId: values['ozone.s3g.anonymous.access.id'] };
}
