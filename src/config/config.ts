import type { Secret } from './secret.ts';
import type { HostPort } from './text-values.ts';

/**
 * What is in force, deep-frozen. A part of the gateway receives its slice of it as an argument. It is plain data, so
 * that it reaches the worker processes as a message; the secret alone stays behind.
 */
export interface Config {
  readonly listen: HostPort;
  readonly admin: HostPort;
  readonly store: StoreConfig;
  /** Of the local store, and of credentials verified here. Absolute. */
  readonly dataDir: string;
  readonly workers: number;
  /** Host names under which `BUCKET.domain` addresses a bucket, in lower case. */
  readonly domains: readonly string[];
  readonly region: RegionConfig;
  readonly auth: AuthConfig;
  readonly firstUser: FirstUserConfig;
  readonly limits: LimitsConfig;
  readonly timeouts: TimeoutsConfig;
  readonly log: LogConfig;
}

export type StoreConfig = LocalStoreConfig | OzoneStoreConfig;

export interface LocalStoreConfig {
  readonly kind: 'local';
  /** Absolute. */
  readonly dir: string;
  readonly uploadMaxAgeMs: number;
  readonly sweepEveryMs: number;
}

export interface OzoneStoreConfig {
  readonly kind: 'ozone';
  readonly om: {
    readonly nodes: readonly OmNodeConfig[];
    /** For one call, with all that is tried for it. */
    readonly callTimeoutMs: number;
  };
  readonly settings: {
    readonly volume: string;
    readonly defaultLayout: 'OBJECT_STORE' | 'FILE_SYSTEM_OPTIMIZED' | 'LEGACY';
    /** Undefined leaves it to the bucket. */
    readonly replication: 'RATIS/THREE' | 'RATIS/ONE' | undefined;
    readonly listMaxKeys: number;
    readonly omListMaxSize: number;
    readonly durability: 'ALL_COMMITTED' | 'MAJORITY';
    readonly useDatanodeHostname: boolean;
  };
}

export interface OmNodeConfig {
  /** As ozone.om.nodes has it; empty for an Ozone Manager that is alone. */
  readonly nodeId: string;
  readonly host: string;
  /** Of its gRPC service. */
  readonly port: number;
}

/** `local`: by the credentials in the data directory. `ozone`: the OM decides. */
export type AuthConfig =
  | { readonly kind: 'local' }
  /** Whom the OM is told for a request without a signature; undefined: there is none, it is refused. */
  | { readonly kind: 'ozone'; readonly anonymousAccessId: string | undefined };

export interface RegionConfig {
  readonly name: string;
  /** A signature made for another region is refused. */
  readonly strict: boolean;
}

export interface FirstUserConfig {
  /** Undefined: the login name. */
  readonly accessKey: string | undefined;
  /** Undefined: one is generated. */
  readonly secretKey: Secret | undefined;
}

export interface LimitsConfig {
  /** Per worker. */
  readonly requestsInFlight: number;
  readonly headerBytes: number;
}

export interface TimeoutsConfig {
  /** From a connection's first byte to the end of the headers. */
  readonly headersMs: number;
  /** Without a byte moving while a request runs. */
  readonly idleMs: number;
  /** Between two requests of a connection. */
  readonly keepAliveMs: number;
  /** What running requests get to finish when the gateway stops. */
  readonly graceMs: number;
  /** A long copy or completion sends its first white space after this. */
  readonly firstSpaceMs: number;
  readonly nextSpaceMs: number;
}

export interface LogConfig {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}
