import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import protobuf from 'protobufjs';
import { GenericContainer, Wait } from 'testcontainers';
import { anyEngine, ozoneImage } from '../../../../conformance/targets/ozone-cluster/engine.ts';

/** Where the image has Ozone's jars; those that hold the .proto files they were made from. */
const jarFolder = '/opt/hadoop/share/ozone/lib';
const jars = ['ozone-interface-client-*.jar', 'hdds-interface-client-*.jar', 'ratis-proto-*.jar'];
/** Messages of ours and of theirs that are the same: all others are reached from them by field numbers. */
const roots = [
  ['hadoop.ozone.OMRequest', 'hadoop.ozone.OMRequest'],
  ['hadoop.ozone.OMResponse', 'hadoop.ozone.OMResponse'],
  ['hadoop.hdds.datanode.ContainerCommandRequest', 'hadoop.hdds.datanode.ContainerCommandRequestProto'],
  ['hadoop.hdds.datanode.ContainerCommandResponse', 'hadoop.hdds.datanode.ContainerCommandResponseProto'],
  ['ratis.common.RaftClientRequestProto', 'ratis.common.RaftClientRequestProto'],
  ['ratis.common.RaftClientReplyProto', 'ratis.common.RaftClientReplyProto'],
] as const;

let ours: protobuf.Root;
let theirs: protobuf.Root;

function rootIn(folder: string, files: readonly string[]): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => join(folder, target);
  root.loadSync([...files]);
  root.resolveAll();
  return root;
}

/** The .proto files of the jars in the image under test. */
async function protosOfImage(folder: string): Promise<void> {
  await anyEngine(); // says what to do where none answers
  const container = await new GenericContainer(ozoneImage())
    .withCommand(['sleep', '600'])
    .withAutoCleanup(false)
    .withWaitStrategy(Wait.forSuccessfulCommand('true'))
    .start();
  try {
    for (const jar of jars) {
      const { output, exitCode } = await container.exec(['bash', '-c', `base64 -w0 ${jarFolder}/${jar}`]);
      if (exitCode !== 0) throw new Error(`${jar}: ${output}`);
      const files = unzipSync(Buffer.from(output, 'base64'), { filter: ({ name }) => name.endsWith('.proto') });
      for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), strFromU8(bytes));
    }
  } finally {
    await container.stop();
  }
}

/** What the wire says of a field, beside its number. A message that is passed on unread may be bytes. */
function wireType(field: protobuf.Field): string {
  const { resolvedType, type, repeated } = field;
  const kind = resolvedType instanceof protobuf.Enum ? 'enum' : resolvedType === null ? type : 'bytes';
  return `${repeated ? 'repeated ' : ''}${kind}`;
}

/** Differences of a message of ours from theirs, and of all that it holds. */
function differences(our: protobuf.Type, their: protobuf.Type, seen = new Set<string>()): string[] {
  const pair = `${our.fullName}=${their.fullName}`;
  if (seen.has(pair)) return [];
  seen.add(pair);
  return our.fieldsArray.flatMap((field) => {
    const other = their.fieldsById[field.id];
    const place = `${our.fullName}.${field.name} = ${field.id}`;
    if (other === undefined) return [`${place}: ${their.fullName} has no such number`];
    if (wireType(field) !== wireType(other)) return [`${place}: ${wireType(field)}, theirs is ${wireType(other)}`];
    if (field.name.toLowerCase() !== other.name.toLowerCase()) return [`${place}: theirs is ${other.name}`];
    const { resolvedType: type } = field;
    const { resolvedType: otherType } = other;
    if (type instanceof protobuf.Enum && otherType instanceof protobuf.Enum) return enumDifferences(type, otherType);
    if (type instanceof protobuf.Type && otherType instanceof protobuf.Type) return differences(type, otherType, seen);
    return [];
  });
}

function enumDifferences(our: protobuf.Enum, their: protobuf.Enum): string[] {
  return Object.entries(our.values)
    .filter(([name, number]) => their.values[name] !== number)
    .map(([name, number]) => `${our.fullName}.${name} = ${number}: theirs is ${their.values[name] ?? 'absent'}`);
}

describe('our .proto files', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozone-protos-'));
    await protosOfImage(folder);
    ours = rootIn(import.meta.dirname, ['om.proto', 'datanode.proto', 'ratis.proto']);
    theirs = rootIn(folder, ['OmClientProtocol.proto', 'DatanodeClientProtocol.proto', 'Raft.proto']);
  }, 120_000);
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each(roots)('%s has the numbers and the types that Ozone has', (our, their) => {
    expect(differences(ours.lookupType(our), theirs.lookupType(their))).toEqual([]);
  });

  it('are compared: a number that is off by one shows', () => {
    const wrong = protobuf.parse('syntax = "proto2"; message M { optional string keyName = 4; }').root;
    expect(differences(wrong.lookupType('M'), theirs.lookupType('hadoop.ozone.KeyArgs'))).toHaveLength(1);
  });
});
