import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { catalogue, type OperationName } from '../catalogue.ts';
import { sendRaw, type RawDefaults, type RawRequest } from '../transports/raw.ts';
import { sendCaptured, type Credentials, type S3Command } from '../transports/sdk.ts';
import { encodeKey, encodeStrict, presignQuery, type QueryPair } from '../transports/sigv4.ts';
import { causeOfRefusal, describeAnswer, isSuccess } from './cause.ts';
import type { CaseContext, PresignOptions, PutOptions, RawSubject, SubjectOptions } from './case-context.ts';
import { Cleanup } from './cleanup.ts';
import type { Exchange } from './exchange.ts';
import { CaseBlocked, CaseFailure, CaseMistake } from './failure.ts';
import { MemberRecord } from './member-record.ts';
import type { CaseKind } from './outcome.ts';
import { StateAssertions } from './state-assertions.ts';
import { Subject, type SubjectObserver } from './subject.ts';
import type { Target } from './target.ts';
import { trackCommand, trackRaw } from './tracking.ts';

/** One case being run: the context it is given, and what the engine wants to know afterwards. */
export class RunningCase extends StateAssertions implements CaseContext, SubjectObserver {
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly cleanup: Cleanup;
  /** Kind by the first assertion on a subject. */
  kind: CaseKind | undefined;
  softFailures: CaseFailure[] = [];
  assertions = 0;
  /** A subject request was sent, so a time-out is the target's failure and not the set-up's. */
  hasSubject = false;
  /** Set by a do-no-harm probe whose request was refused by name. */
  refusedCleanly = false;
  readonly members = new MemberRecord();

  readonly #operation: OperationName | undefined;
  readonly #onExchange: (exchange: Exchange<unknown>) => void;

  /** @param operation the one that the case is about, which its raw requests are taken for */
  constructor(
    target: Target,
    signal: AbortSignal,
    onExchange: (exchange: Exchange<unknown>) => void = () => undefined,
    operation?: OperationName,
  ) {
    super();
    this.#operation = operation;
    this.#onExchange = onExchange;
    this.target = target;
    this.signal = signal;
    this.cleanup = new Cleanup(target);
  }

  get region(): string {
    return this.target.options.region;
  }

  get credentials(): Credentials {
    return this.target.options.credentials;
  }

  asserted(kind: CaseKind | undefined): void {
    this.assertions += 1;
    this.kind ??= kind;
  }

  failedSoftly(failure: CaseFailure): void {
    this.softFailures.push(failure);
  }

  bucketName(): string {
    const bucket = this.target.nextBucketName();
    this.cleanup.bucket(bucket);
    return bucket;
  }

  async bucket(): Promise<string> {
    const bucket = this.bucketName();
    try {
      await this.setup(new CreateBucketCommand({ Bucket: bucket }));
    } catch (error) {
      const wasAnswered =
        error instanceof CaseBlocked && !['timeout', 'connection'].includes(error.causeOfFailure ?? '');
      if (wasAnswered) this.cleanup.forget(bucket);
      throw error;
    }
    return bucket;
  }

  async put(bucket: string, key: string, body: string | Uint8Array, options: PutOptions = {}): Promise<string> {
    const input = {
      ...(options.contentType === undefined ? {} : { ContentType: options.contentType }),
      ...(options.metadata === undefined ? {} : { Metadata: options.metadata }),
      ...(options.tagging === undefined ? {} : { Tagging: options.tagging }),
    };
    const output = await this.setup(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...input }));
    if (output.ETag === undefined) throw new CaseBlocked('set-up: PutObject gave no ETag', 'wrong-header');
    return output.ETag;
  }

  async setup<Output>(command: S3Command<Output>, options: SubjectOptions = {}): Promise<Output> {
    const exchange = await this.#send(command, options);
    if (exchange.output !== undefined && isSuccess(exchange)) return exchange.output;
    const name = operationOf(command);
    throw new CaseBlocked(`set-up: ${name} answered ${describeAnswer(exchange)}`, causeOfRefusal(exchange));
  }

  async subject<Output>(command: S3Command<Output>, options: SubjectOptions = {}): Promise<Subject<Output>> {
    this.hasSubject = true;
    const name = operationOf(command);
    this.members.carried(name, command.input);
    const exchange = await this.#send(command, options);
    return new Subject(exchange, catalogue.get(name)?.successStatus, this, this.members.answerOf(name));
  }

  async raw(request: RawRequest): Promise<RawSubject> {
    this.hasSubject = true;
    trackRaw(this.cleanup, this.target, request.method, request.path);
    if (this.#operation !== undefined) this.members.carriedRaw(this.#operation, request);
    const exchange = await sendRaw(request, this.#rawDefaults());
    this.#onExchange(exchange);
    const record = this.members.answerOf(this.#operation);
    return new Subject<undefined>(exchange, undefined, this, record) as RawSubject;
  }

  rawUnsigned(request: Omit<RawRequest, 'sign'>): Promise<RawSubject> {
    return this.raw({ ...request, sign: false });
  }

  path(bucket: string, key?: string): string {
    return key === undefined ? `/${encodeStrict(bucket)}` : `/${encodeStrict(bucket)}/${encodeKey(key)}`;
  }

  async presign<Output>(
    command: S3Command<Output>,
    options: { expiresSeconds?: number; client?: SubjectOptions['client'] } = {},
  ): Promise<URL> {
    const client = this.target.client(options.client);
    trackCommand(this.cleanup, operationOf(command), command.input, undefined);
    const url = await getSignedUrl(client as never, command as never, { expiresIn: options.expiresSeconds ?? 60 });
    return new URL(url);
  }

  presignRaw(method: string, path: string, options: PresignOptions = {}): readonly QueryPair[] {
    return presignQuery({
      method,
      path,
      query: options.query ?? [],
      headers: [['host', this.target.endpoint.host], ...(options.headers ?? [])],
      credentials: options.credentials ?? this.credentials,
      region: options.region ?? this.region,
      date: options.date ?? new Date(),
      expiresSeconds: options.expiresSeconds ?? 60,
      faults: options.faults,
    });
  }

  fetchUrl(method: string, url: URL, request: Pick<RawRequest, 'headers' | 'body'> = {}): Promise<RawSubject> {
    return this.rawUnsigned({ method, path: url.pathname, query: url.search.slice(1), ...request });
  }

  look<Output>(command: S3Command<Output>): Promise<Exchange<Output>> {
    return this.#send(command, {});
  }

  async observe<Output>(command: S3Command<Output>): Promise<Exchange<Output>> {
    this.#requireSubject();
    const exchange = await this.#send(command, {});
    const status = exchange.response?.status;
    if (status === 404 || (isSuccess(exchange) && exchange.error === undefined)) return exchange;
    const cause = causeOfRefusal(exchange);
    const message = `reading back: ${operationOf(command)} answered ${describeAnswer(exchange)}`;
    if (cause === 'not-implemented') throw new CaseBlocked(message, cause);
    throw new CaseFailure(cause, message);
  }

  #requireSubject(): void {
    if (!this.hasSubject) throw new CaseMistake('state is asserted before any subject request was sent');
  }

  #rawDefaults(): RawDefaults {
    return { endpoint: this.target.endpoint, credentials: this.credentials, region: this.region, signal: this.signal };
  }

  #clientFor(options: SubjectOptions): S3Client {
    if (options.as === 'anonymous') return this.target.anonymousClient();
    if (options.as === undefined) return this.target.client(options.client);
    const credentials = this.target.options.secondCredentials;
    if (credentials === undefined) throw new CaseMistake("a case that asks as 'second' must require second-account");
    return this.target.client({ credentials, ...options.client });
  }

  async #send<Output>(command: S3Command<Output>, options: SubjectOptions): Promise<Exchange<Output>> {
    const name = operationOf(command);
    trackCommand(this.cleanup, name, command.input, undefined);
    const client = this.#clientFor(options);
    const exchange = await sendCaptured(client, command, { signal: this.signal, mutation: options.mutate });
    this.#onExchange(exchange);
    if (exchange.output !== undefined) trackCommand(this.cleanup, name, command.input, exchange.output as object);
    return exchange;
  }
}

function operationOf(command: object): OperationName {
  return command.constructor.name.replace(/Command$/, '') as OperationName;
}
