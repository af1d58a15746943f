import { crc64Module, dataAddress, dataBytes, slices, stateAddress } from './crc64nvme-module.ts';

/** 0xAD93D23594C93659 with its bits reversed, as two halves. */
const polynomial = { high: 0x9a6c9329, low: 0xac4bc9b5 };

/** What is used here of the global that Node's types leave out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: EngineExports };
};

interface EngineExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly update: Engine['update'];
}

interface Engine {
  /** Low half, high half. */
  readonly state: Uint32Array;
  readonly data: Uint8Array;
  update(from: number, to: number): void;
}

/** Pairs of low and high half: table 0 by bits, each next one a zero byte further than the one before. */
function fillTables(tables: Uint32Array): void {
  for (let byte = 0; byte < 256; byte += 1) {
    let low = byte;
    let high = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isOdd === 1) {
        low ^= polynomial.low;
        high ^= polynomial.high;
      }
    }
    tables.set([low, high], byte * 2);
  }
  for (let index = 512; index < tables.length; index += 2) {
    const low = tables[index - 512] ?? 0;
    const high = tables[index - 511] ?? 0;
    const entry = (low & 0xff) * 2;
    tables[index] = ((low >>> 8) | (high << 24)) ^ (tables[entry] ?? 0);
    tables[index + 1] = (high >>> 8) ^ (tables[entry + 1] ?? 0);
  }
}

function startEngine(): Engine {
  const { memory, update } = new WebAssembly.Instance(new WebAssembly.Module(crc64Module())).exports;
  fillTables(new Uint32Array(memory.buffer, 0, slices * 512));
  return {
    state: new Uint32Array(memory.buffer, stateAddress, 2),
    data: new Uint8Array(memory.buffer, dataAddress, dataBytes),
    update,
  };
}

let started: Engine | undefined;

/** CRC-64/NVME, piece by piece. All of them share one engine, since none is left in the middle of an update. */
export class Crc64Nvme {
  private low = 0xffffffff;
  private high = 0xffffffff;

  update(bytes: Uint8Array): void {
    const engine = (started ??= startEngine());
    engine.state[0] = this.low;
    engine.state[1] = this.high;
    for (let start = 0; start < bytes.length; start += dataBytes) {
      const piece = bytes.length <= dataBytes ? bytes : bytes.subarray(start, start + dataBytes);
      engine.data.set(piece);
      engine.update(dataAddress, dataAddress + piece.length);
    }
    this.low = engine.state[0];
    this.high = engine.state[1];
  }

  /** 8 bytes, big-endian, as S3 writes it. */
  digest(): Buffer {
    const digest = Buffer.alloc(8);
    digest.writeUInt32BE(~this.high >>> 0, 0);
    digest.writeUInt32BE(~this.low >>> 0, 4);
    return digest;
  }
}
