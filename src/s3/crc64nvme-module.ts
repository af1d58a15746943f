/*
 * A WebAssembly module of one function, `update(from, to)`, that takes the bytes of its memory between two addresses
 * into the CRC-64 whose state it keeps in memory. It looks sixteen bytes up at a time in sixteen tables (slicing), on
 * 64-bit words: JavaScript has none that are fast, and no package does this CRC natively.
 * Source: https://webassembly.github.io/spec/core/binary/
 */

/** Bytes a step takes, and tables it looks them up in. */
export const slices = 16;
const tableBytes = 256 * 8;
/** Where things stand in the module's memory: the tables from 0 on, the state, the data. */
export const stateAddress = slices * tableBytes;
export const dataAddress = stateAddress + 64;
export const dataBytes = 64 * 1024;
const memoryPages = Math.ceil((dataAddress + dataBytes) / 65536);

const type = { i32: 0x7f, i64: 0x7e, none: 0x40, func: 0x60 };
const op = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  i64Load: 0x29,
  i64Load8: 0x31,
  i64Store: 0x37,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Above: 0x4b,
  i32NotBelow: 0x4f,
  i32Add: 0x6a,
  i32And: 0x71,
  i32ShiftLeft: 0x74,
  i64And: 0x83,
  i64Xor: 0x85,
  i64ShiftRight: 0x88,
  i64ToI32: 0xa7,
};
/** Locals of the function: its two parameters, the CRC, the words of a step. */
const local = { from: 0, to: 1, crc: 2, word: 3 };

function unsigned(value: number): number[] {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value % 128] : [(value % 128) | 0x80, ...unsigned(rest)];
}

/** Constants here are never negative: one more byte keeps the sign bit clear. */
function signed(value: number): number[] {
  return value < 64 ? [value] : [(value % 128) | 0x80, ...signed(Math.floor(value / 128))];
}

const get = (index: number): number[] => [op.localGet, index];
const set = (index: number): number[] => [op.localSet, index];
const int = (value: number): number[] => [op.i32Const, ...signed(value)];
const long = (value: number): number[] => [op.i64Const, ...signed(value)];
const loadLong = (offset: number): number[] => [op.i64Load, 0, ...unsigned(offset)];
const advance = (bytes: number): number[] => [...get(local.from), ...int(bytes), op.i32Add, ...set(local.from)];

/** Pushes the entry of a table for a byte of a word: the byte is shifted to where it counts entries of eight bytes. */
function lookUp(word: number, byte: number, table: number): number[] {
  const index =
    byte === 0
      ? [...get(word), op.i64ToI32, ...int(3), op.i32ShiftLeft]
      : [...get(word), ...long(8 * byte - 3), op.i64ShiftRight, op.i64ToI32];
  return [...index, ...int(255 * 8), op.i32And, ...loadLong(table * tableBytes)];
}

/** Sixteen bytes: the first of them is the farthest from the end, so it goes through the last table. */
function wideStep(): number[] {
  const code = [
    ...[...get(local.from), ...loadLong(0), ...get(local.crc), op.i64Xor, ...set(local.word)],
    ...[...get(local.from), ...loadLong(8), ...set(local.word + 1)],
  ];
  for (let position = 0; position < slices; position += 1) {
    code.push(...lookUp(local.word + Math.floor(position / 8), position % 8, slices - 1 - position));
    if (position > 0) code.push(op.i64Xor);
  }
  return [...code, ...set(local.crc), ...advance(slices)];
}

function byteStep(): number[] {
  return [
    ...[...get(local.crc), ...get(local.from), op.i64Load8, 0, 0, op.i64Xor, ...set(local.word)],
    ...lookUp(local.word, 0, 0),
    ...[...get(local.crc), ...long(8), op.i64ShiftRight, op.i64Xor, ...set(local.crc)],
    ...advance(1),
  ];
}

function loopUntil(condition: number[], body: number[]): number[] {
  const repeat = [op.loop, type.none, ...condition, op.brIf, 1, ...body, op.br, 0, op.end];
  return [op.block, type.none, ...repeat, op.end];
}

function updateFunction(): number[] {
  const locals = [1, 3, type.i64];
  const wideWouldPass = [...get(local.from), ...int(slices), op.i32Add, ...get(local.to), op.i32Above];
  const isAtEnd = [...get(local.from), ...get(local.to), op.i32NotBelow];
  return [
    ...locals,
    ...[...int(0), ...loadLong(stateAddress), ...set(local.crc)],
    ...loopUntil(wideWouldPass, wideStep()),
    ...loopUntil(isAtEnd, byteStep()),
    ...[...int(0), ...get(local.crc), op.i64Store, 0, ...unsigned(stateAddress)],
    op.end,
  ];
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function exported(name: string, kind: number): number[] {
  return [name.length, ...Buffer.from(name, 'latin1'), kind, 0];
}

/** The module's binary form. It exports `memory` and `update`. */
export function crc64Module(): Uint8Array<ArrayBuffer> {
  const body = updateFunction();
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, type.func, 2, type.i32, type.i32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, memoryPages]),
    ...section(7, [2, ...exported('memory', 2), ...exported('update', 0)]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}
