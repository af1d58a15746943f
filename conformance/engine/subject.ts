import { causeOfRefusal, causeOfWrongRefusal, describeAnswer, isSuccess, type ExpectedRefusal } from './cause.ts';
import type { Exchange } from './exchange.ts';
import { parseXml, readErrorDocument, type ErrorDocument } from './exchange.ts';
import { CaseFailure, CaseMistake } from './failure.ts';
import type { AnswerRecord } from './member-record.ts';
import type { CaseKind, Cause } from './outcome.ts';

/** What a subject reports to the running case. */
export interface SubjectObserver {
  /** First thing asserted about the subject decides whether the case is positive or negative. */
  asserted(kind: CaseKind | undefined): void;
  /** A failure after which the case goes on, so that damage to the state can still be seen. */
  failedSoftly(failure: CaseFailure): void;
}

function matches(actual: string | undefined, expected: string | RegExp | undefined): boolean {
  if (expected === undefined) return actual === undefined;
  if (typeof expected === 'string') return actual === expected;
  return actual !== undefined && expected.test(actual);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = value instanceof RegExp ? String(value) : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** The answer to a subject request, and what can be asserted about it. */
export class Subject<Output> {
  readonly exchange: Exchange<Output>;
  readonly #successStatus: number | undefined;
  readonly #observer: SubjectObserver;
  readonly #record: AnswerRecord | undefined;

  /** @param successStatus the status the SDK's schema documents; undefined accepts any 2xx */
  constructor(
    exchange: Exchange<Output>,
    successStatus: number | undefined,
    observer: SubjectObserver,
    record?: AnswerRecord,
  ) {
    this.exchange = exchange;
    this.#successStatus = successStatus;
    this.#observer = observer;
    this.#record = record;
  }

  get status(): number | undefined {
    return this.exchange.response?.status;
  }

  /** The body as it came over the wire, after Transfer-Encoding. Empty when there was no response. */
  get body(): Buffer {
    return this.exchange.response?.body ?? Buffer.alloc(0);
  }

  header(name: string): string | undefined {
    return this.exchange.response?.headers[name.toLowerCase()];
  }

  /** The body parsed as XML, element names as keys, all values strings; undefined when it is not XML. */
  get xml(): Record<string, unknown> | undefined {
    return parseXml(this.body);
  }

  get errorDocument(): ErrorDocument | undefined {
    return readErrorDocument(this.body);
  }

  /** Asserts success and returns the SDK's output. Default status: the one the SDK's schema documents. */
  expectOk(status: number | undefined = this.#successStatus): Output {
    this.#observer.asserted('positive');
    const { exchange } = this;
    if (!isSuccess(exchange)) {
      throw new CaseFailure(causeOfRefusal(exchange), `expected success, got ${describeAnswer(exchange)}`);
    }
    if (this.errorDocument !== undefined) {
      throw new CaseFailure('wrong-status', `expected success, got an error document: ${describeAnswer(exchange)}`);
    }
    if (exchange.error !== undefined) throw new CaseFailure('sdk-parse', describeAnswer(exchange));
    if (status !== undefined && exchange.response?.status !== status) {
      throw new CaseFailure('wrong-status', `expected ${String(status)}, got ${describeAnswer(exchange)}`);
    }
    return this.#record?.watched(exchange.output as Output) ?? (exchange.output as Output);
  }

  /**
   * Asserts a refusal: status, and S3's error document with this code.
   * A 2xx ends the case (`ignored`); another refusal fails it, but lets it go on to look at the state.
   */
  expectError(expected: ExpectedRefusal): void {
    this.#observer.asserted('negative');
    const cause = causeOfWrongRefusal(this.exchange, expected);
    if (cause === undefined) {
      this.#expectErrorShape();
      return;
    }
    const wanted = `${String(expected.status)}${expected.code === undefined ? '' : ` ${expected.code}`}`;
    const failure = new CaseFailure(cause, `expected ${wanted}, got ${describeAnswer(this.exchange)}`);
    if (isSuccess(this.exchange) || this.exchange.response === undefined) throw failure;
    this.#observer.failedSoftly(failure);
  }

  /** For reads with a condition that does not hold: 304 without a body. */
  expectNotModified(): void {
    this.expectError({ status: 304 });
    if (this.body.length > 0) this.#observer.failedSoftly(new CaseFailure('wrong-body', 'a 304 must have no body'));
  }

  expectHeader(name: string, expected: string | RegExp | undefined): void {
    const actual = this.header(name);
    this.#record?.header(name);
    this.#check(
      matches(actual, expected),
      'wrong-header',
      `${name}: expected ${shown(expected)}, got ${shown(actual)}`,
    );
  }

  expectBody(expected: string | Uint8Array): void {
    const wanted = Buffer.from(expected as string);
    this.#record?.body();
    const isEqual = this.body.equals(wanted);
    const sizes = `${String(wanted.length)} bytes expected, ${String(this.body.length)} came`;
    this.#check(isEqual, 'wrong-body', `body differs: ${sizes}, ${shown(this.body.toString('utf8').slice(0, 80))}`);
  }

  /** Asserts the name of the body's root element. */
  expectRoot(name: string): void {
    const root = Object.keys(this.xml ?? {})[0];
    this.#check(root === name, 'wrong-shape', `expected a document <${name}>, got ${shown(root)}`);
  }

  #check(holds: boolean, cause: Cause, message: string): void {
    if (this.exchange.response === undefined) {
      throw new CaseMistake('call expectOk or expectError before looking into the response');
    }
    if (!holds) throw new CaseFailure(cause, message);
  }

  #expectErrorShape(): void {
    const { request, response } = this.exchange;
    if (response === undefined || response.status < 400) return;
    if (request.method === 'HEAD') {
      if (response.body.length > 0) this.#soft('wrong-body', 'a response to HEAD must have no body');
      return;
    }
    if (this.errorDocument === undefined) this.#soft('wrong-shape', 'the error is not an S3 error document');
  }

  #soft(cause: Cause, message: string): void {
    this.#observer.failedSoftly(new CaseFailure(cause, message));
  }
}
