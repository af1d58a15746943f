import { DeleteBucketCommand, ListBucketsCommand, PutBucketAclCommand } from '@aws-sdk/client-s3';
import { capabilities, type Capability } from '../capabilities.ts';
import { sendRaw } from '../transports/raw.ts';
import { sendCaptured } from '../transports/sdk.ts';
import { isSuccess } from './cause.ts';
import { readErrorDocument, rootElement, type Exchange } from './exchange.ts';
import { createBucketCommand } from './make-bucket.ts';
import { otherRegion } from './other-region.ts';
import { virtualHost } from './raw-address.ts';
import type { Target, TargetOptions } from './target.ts';

/** What whoever started the run says. */
const byOptions: Partial<Record<Capability, (options: TargetOptions) => boolean>> = {
  'second-account': ({ secondCredentials }) => secondCredentials !== undefined,
  'account-id': ({ accountId }) => accountId !== undefined,
  anonymous: ({ allowsAnonymous }) => allowsAnonymous === true,
  tls: ({ endpoint }) => endpoint.protocol === 'https:',
  'large-object': ({ includeLarge }) => includeLarge !== false,
  slow: ({ includeSlow }) => includeSlow === true,
};

/** Finds out what the target and the run can do; each capability once, when a case first asks. */
export class CapabilityProbe {
  readonly #target: Target;
  readonly #known = new Map<Capability, Promise<boolean>>();

  constructor(target: Target) {
    this.#target = target;
  }

  has(capability: Capability): Promise<boolean> {
    const known = this.#known.get(capability);
    if (known !== undefined) return known;
    const found = this.#find(capability).catch(() => false);
    this.#known.set(capability, found);
    return found;
  }

  /** The first capability of `wanted` that is absent, in words; undefined when all are there. */
  async missing(wanted: readonly Capability[]): Promise<string | undefined> {
    for (const capability of wanted) {
      if (!(await this.has(capability))) return `${capability}: ${capabilities[capability]}`;
    }
    return undefined;
  }

  async #find(capability: Capability): Promise<boolean> {
    const { options, supply } = this.#target;
    const said = byOptions[capability];
    if (said !== undefined) return said(options);
    if (capability === 'auth-enforced') return this.#refusesWrongSecret();
    if (capability === 'region-strict') return this.#refusesOtherRegion();
    if (capability === 'vhost') return this.#servesVirtualHosts();
    // What is left wants a bucket of its own.
    if (supply.mode === 'existing') return false;
    if (capability === 'bucket.create') return isSuccess(await this.#withBucket(async (created) => created));
    const answer = await this.#putPublicAcl();
    return capability === 'acl-enabled' ? isSuccess(answer) : codeOf(answer) === 'AccessControlListNotSupported';
  }

  /** Else a request meant for an object in a bucket would be one for a bucket of the object's name, perhaps somebody's. */
  async #servesVirtualHosts(): Promise<boolean> {
    const { options, endpoint, supply } = this.#target;
    const { domain, credentials, region, ca } = options;
    if (domain === undefined) return false;
    const list = (bucket: string): Promise<Exchange<unknown>> => {
      const headers = [['host', virtualHost(bucket, domain, endpoint)]] as const;
      return sendRaw(
        { method: 'GET', path: '/', headers },
        { endpoint, credentials, region, ca, signal: this.#limit() },
      );
    };
    const [given] = supply.given;
    const listed = given === undefined ? await this.#withBucket((_, bucket) => list(bucket)) : await list(given);
    return rootElement(listed.response?.body ?? Buffer.alloc(0)) === 'ListBucketResult';
  }

  #limit(): AbortSignal {
    return AbortSignal.timeout(this.#target.housekeepingTimeoutMs);
  }

  async #refusesWrongSecret(): Promise<boolean> {
    const { accessKeyId } = this.#target.options.credentials;
    const client = this.#target.client({ credentials: { accessKeyId, secretAccessKey: 'wrong-secret-key' } });
    const exchange = await sendCaptured(client, new ListBucketsCommand({}), { signal: this.#limit() });
    return exchange.response?.status === 403;
  }

  async #refusesOtherRegion(): Promise<boolean> {
    const region = otherRegion(this.#target.options.region);
    const exchange = await sendCaptured(this.#target.client({ region }), new ListBucketsCommand({}), {
      signal: this.#limit(),
    });
    return codeOf(exchange) === 'AuthorizationHeaderMalformed';
  }

  #putPublicAcl(): Promise<Exchange<unknown>> {
    return this.#withBucket(async (created, bucket) => {
      if (!isSuccess(created)) return created;
      const command = new PutBucketAclCommand({ Bucket: bucket, ACL: 'public-read' });
      return sendCaptured(this.#target.client(), command, { signal: this.#limit() });
    });
  }

  async #withBucket(
    use: (created: Exchange<unknown>, bucket: string) => Promise<Exchange<unknown>>,
  ): Promise<Exchange<unknown>> {
    const client = this.#target.client();
    const bucket = this.#target.nextBucketName();
    const created = await sendCaptured(client, createBucketCommand(bucket, this.#target.options.region), {
      signal: this.#limit(),
    });
    try {
      return await use(created, bucket);
    } finally {
      await sendCaptured(client, new DeleteBucketCommand({ Bucket: bucket }), { signal: this.#limit() });
    }
  }
}

function codeOf(exchange: Exchange<unknown>): string | undefined {
  return readErrorDocument(exchange.response?.body ?? Buffer.alloc(0))?.code;
}
