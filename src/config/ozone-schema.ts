import { z } from 'zod';
import { key } from './config-key.ts';
import { duration, oneOf, truth, wholeNumber } from './text-values.ts';

const text = z.string().trim();
const upperCase = z.string().transform((value) => value.trim().toUpperCase());

const securedMessage =
  'is not possible yet: this gateway does not work with a cluster secured by Kerberos; use an unsecured one, or its own gateway';

/** What only the Ozone store needs. Names, values and defaults are Ozone's where Ozone has the key. */
export const ozoneKeys = {
  'ozone.om.address': key(text, '', {
    flag: '--om-address <host[:port]>',
    description:
      'The Ozone Manager, where there is one alone. A port is that of its Hadoop RPC, as Ozone has it, and not used here. Several: `ozone.om.service.ids`, `ozone.om.nodes.SERVICE` and `ozone.om.address.SERVICE.NODE`, in the file.',
    whenEmpty: 'none',
  }),
  'ozone.om.grpc.port': key(wholeNumber(1, 65_535), '8981', {
    flag: '--om-grpc-port <port>',
    description:
      "Of the Ozone Managers' gRPC service, for those that have no `ozone.om.grpc.port.SERVICE.NODE` in the file.",
  }),
  'ozone.om.service.ids': key(text, '', {
    description: 'Services of Ozone Managers, separated by commas; the nodes of one are served.',
    whenEmpty: 'none',
  }),
  'ozone.om.internal.service.id': key(text, '', {
    description: 'Which one, where there are several.',
    whenEmpty: 'the only one',
  }),
  'ozone.s3g.om.timeout': key(duration(1000), '60s', {
    flag: '--om-timeout <duration>',
    description: 'Time for one call of the Ozone Manager, with all that is tried for it on other nodes.',
  }),
  'ozone.s3g.volume.name': key(text.min(1, { error: 'must not be empty' }), 's3v', {
    description: 'The volume of the buckets, as the Ozone Manager is configured with it too.',
  }),
  'ozone.s3g.default.bucket.layout': key(
    upperCase.pipe(oneOf('OBJECT_STORE', 'FILE_SYSTEM_OPTIMIZED', 'LEGACY')),
    'OBJECT_STORE',
    { flag: '--bucket-layout <layout>', description: 'Of new buckets: OBJECT_STORE, FILE_SYSTEM_OPTIMIZED or LEGACY.' },
  ),
  'ozone.replication': key(
    upperCase.pipe(oneOf('', '3', 'THREE', '1', 'ONE')).transform((name) => factors[name]),
    '',
    {
      flag: '--replication <factor>',
      description: 'Replicas of objects that no storage class is named for: 3 (THREE) or 1 (ONE).',
      whenEmpty: "the bucket's, or else Ozone's default",
    },
  ),
  'ozone.replication.type': key(upperCase.pipe(oneOf('', 'RATIS')), '', {
    description: 'How they are replicated. RATIS is what this gateway writes; erasure coding (EC) it does not yet.',
    whenEmpty: 'RATIS',
  }),
  'ozone.s3g.write.durability': key(upperCase.pipe(oneOf('ALL_COMMITTED', 'MAJORITY')), 'ALL_COMMITTED', {
    flag: '--write-durability <kind>',
    description:
      'When a write is acknowledged: ALL_COMMITTED, when all replicas have it; MAJORITY, when so many have it that it is kept.',
  }),
  'ozone.s3g.list.max.keys.limit': key(wholeNumber(1, 1000), '1000', {
    description: 'Keys that a page of a listing has at most, whatever max-keys asks for.',
  }),
  'ozone.om.server.list.max.size': key(wholeNumber(1, 1_000_000), '1000', {
    description: 'Entries that the Ozone Manager gives of a directory at once, as it is configured with it too.',
  }),
  'hdds.datanode.use.datanode.hostname': key(truth, 'false', {
    description: 'Reach datanodes by their host names, not by their IP addresses.',
  }),
  'ozone.security.enabled': key(
    truth.refine((isSecured) => !isSecured, { error: securedMessage }),
    'false',
    {
      description: 'Whether the cluster is secured by Kerberos. This gateway does not work with such a cluster yet.',
    },
  ),
};

const factors = {
  '': undefined,
  '3': 'RATIS/THREE',
  THREE: 'RATIS/THREE',
  '1': 'RATIS/ONE',
  ONE: 'RATIS/ONE',
} as const;
