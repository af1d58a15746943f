/** Follows a body in HTTP's chunked transfer coding (RFC 9112, 7.1) to its end. */
export class ChunkedLength {
  #line = '';
  #state: 'size' | 'data' | 'data-end' | 'trailer' | 'complete' = 'size';
  #remaining = 0;

  get isComplete(): boolean {
    return this.#state === 'complete';
  }

  /** Hands the body's bytes in `piece` to `onBody`; returns what lies behind the body's end. */
  read(piece: Buffer, onBody: (data: Buffer) => void): Buffer {
    let rest = piece;
    while (rest.length > 0 && this.#state !== 'complete') {
      rest = this.#state === 'data' ? this.#readData(rest, onBody) : this.#readLine(rest);
    }
    return rest;
  }

  #readData(piece: Buffer, onBody: (data: Buffer) => void): Buffer {
    const data = piece.subarray(0, this.#remaining);
    this.#remaining -= data.length;
    if (this.#remaining === 0) this.#state = 'data-end';
    onBody(data);
    return piece.subarray(data.length);
  }

  #readLine(piece: Buffer): Buffer {
    const end = piece.indexOf(10);
    this.#line += piece.toString('latin1', 0, end === -1 ? piece.length : end);
    if (end === -1) return piece.subarray(piece.length);
    this.#endLine(this.#line.trim());
    this.#line = '';
    return piece.subarray(end + 1);
  }

  #endLine(line: string): void {
    if (this.#state === 'data-end') {
      this.#state = 'size';
    } else if (this.#state === 'trailer') {
      if (line === '') this.#state = 'complete';
    } else {
      this.#remaining = Number.parseInt(line, 16);
      this.#state = this.#remaining === 0 ? 'trailer' : 'data';
    }
  }
}
