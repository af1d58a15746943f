import type { StoreLog } from '../values.ts';
import type { Datanodes } from './block-io.ts';
import type { BucketInfos } from './bucket-infos.ts';
import type { OmClient } from './om/om-client.ts';

export type BucketLayoutName = 'OBJECT_STORE' | 'FILE_SYSTEM_OPTIMIZED' | 'LEGACY';

/** From Ozone's own configuration, but for the durability. */
export interface OzoneSettings {
  /** The volume that holds the buckets, where the OM does not name another for the caller: see OmClient.s3Context. */
  readonly volume: string;
  /** Of new buckets. */
  readonly defaultLayout: BucketLayoutName;
  /** Of new keys that name no storage class; undefined leaves it to the bucket. */
  readonly replication: 'RATIS/THREE' | 'RATIS/ONE' | undefined;
  /** How many keys a page of a listing may have, whatever the client asks for. */
  readonly listMaxKeys: number;
  /** How many entries of a directory the OM gives at once, whatever it is asked for. */
  readonly omListMaxSize: number;
  /** How many of a block's three replicas have to have it before a write is acknowledged. */
  readonly durability: 'ALL_COMMITTED' | 'MAJORITY';
  /** Reach datanodes by their host names, not by their IP addresses. */
  readonly useDatanodeHostname: boolean;
}

/** What the operations of the Ozone store work with. */
export interface Internals {
  readonly om: OmClient;
  readonly buckets: BucketInfos;
  readonly datanodes: Datanodes;
  readonly settings: OzoneSettings;
  readonly log: StoreLog;
}
