import { join } from 'node:path';
import protobuf from 'protobufjs';
import type Long from 'long';

/** A 64-bit number of the wire. Ids are larger than what a JavaScript number holds exactly. */
export type Int64 = Long;

/** What is given to be encoded: only the fields that are to be sent. 64-bit fields may be numbers where those are exact. */
export type Sendable<T> = T extends Int64
  ? Int64 | number
  : T extends Uint8Array | string | number | boolean | null
    ? T
    : T extends readonly (infer E)[]
      ? readonly Sendable<E>[]
      : { readonly [K in keyof T]?: Sendable<T[K]> | undefined };

export interface Codec<T> {
  encode(message: Sendable<T>): Buffer;
  /** Absent fields: messages are null, lists empty, all else has the proto's default. `bytes` are slices of the input. */
  decode(bytes: Uint8Array): T;
}

const root = new protobuf.Root();
root.resolvePath = (_, target) => join(import.meta.dirname, target);
root.loadSync(['om.proto', 'datanode.proto', 'ratis.proto']).resolveAll();

/** The codec of a message of the .proto files beside this one; `T` says what its fields are. */
export function codecOf<T>(messageName: string): Codec<T> {
  const type = root.lookupType(messageName);
  return {
    encode: (message) => type.encode(message as Record<string, unknown>).finish() as Buffer,
    decode: (bytes) => type.decode(bytes) as T,
  };
}

/** Names of an enum's numbers. */
export function enumNames(enumName: string): Readonly<Record<number, string>> {
  return root.lookupEnum(enumName).valuesById;
}

export function enumNumbers(enumName: string): Readonly<Record<string, number>> {
  return root.lookupEnum(enumName).values;
}
