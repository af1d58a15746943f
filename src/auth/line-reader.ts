const lineFeed = 0x0a;

/** Puts a line together that comes in pieces, one character per byte, up to its line feed. */
export class LineReader {
  private text = '';
  private isWhole = false;

  get isEmpty(): boolean {
    return this.text === '';
  }

  /** Reads on from `at`; returns where it stopped, or -1 when the line is longer than `limit`. */
  read(bytes: Uint8Array, at: number, limit: number): number {
    const found = bytes.indexOf(lineFeed, at);
    const until = found < 0 ? bytes.length : found;
    if (this.text.length + (until - at) > limit) return -1;
    this.text += Buffer.from(bytes.buffer, bytes.byteOffset + at, until - at).toString('latin1');
    this.isWhole = found >= 0;
    return found < 0 ? until : until + 1;
  }

  /** The line without its line feed, once it is whole; the next one begins. */
  take(): string | undefined {
    if (!this.isWhole) return undefined;
    const line = this.text;
    this.text = '';
    this.isWhole = false;
    return line;
  }
}
