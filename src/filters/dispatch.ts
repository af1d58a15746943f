import { checkExpectedOwner } from '../operations/expected-owner.ts';
import type { Operation, S3Response, ServiceContext } from '../operations/operation.ts';
import { checkRequestedVersion } from '../operations/requested-version.ts';
import type { Registry } from '../operations/registry.ts';
import { refuseLackedFeatures } from '../s3/feature-headers.ts';
import type { ObjectStore } from '../storage/port.ts';
import type { ResourceAddress } from '../s3/address.ts';
import { errorText, toS3Error } from './error-document.ts';
import type { GatewayLog } from './log.ts';
import { respond, type RespondOptions } from './respond.ts';
import { respondLate, type LateTimings } from './respond-late.ts';
import { required, type Filter, type FilterContext } from './state.ts';
import { createStoreCall } from './store-call.ts';

export interface DispatchOptions {
  readonly store: ObjectStore;
  readonly registry: Registry;
  readonly region: string;
  readonly log: GatewayLog;
  readonly late: LateTimings;
  readonly idleTimeoutMs: number;
}

/** Runs the operation and writes what it returns. */
export function dispatch(options: DispatchOptions): Filter {
  return async function dispatch(ctx) {
    const operation = required(options.registry.get(required(ctx.state.operationName)));
    const { address, request } = required(ctx.state.resource);
    refuseLackedFeatures(operation.name, request);
    const context = { ...serviceContext(ctx, options), ...place(address) };
    await checkExpectedOwner(context);
    await checkRequestedVersion(context);
    const response = await (operation as Operation<never>).handle(context as never);
    await write(ctx, response, options);
  };
}

function place(address: ResourceAddress): { bucket?: string; ref?: { bucket: string; key: string } } {
  if (address.kind === 'service') return {};
  const { bucket } = address;
  return address.kind === 'bucket' ? { bucket } : { bucket, ref: { bucket, key: address.key } };
}

function serviceContext(ctx: FilterContext, { store, region, log }: DispatchOptions): ServiceContext {
  const { state } = ctx;
  const { address, request } = required(state.resource);
  return {
    store,
    call: createStoreCall(ctx, log),
    request,
    body: required(state.body),
    settings: { region, url: requestedUrl(ctx, address) },
  };
}

function requestedUrl(ctx: FilterContext, address: ResourceAddress): string {
  const origin = `${ctx.protocol}://${ctx.host}`;
  return address.kind !== 'service' && address.style === 'path' ? `${origin}/${address.bucket}` : origin;
}

async function write(
  ctx: FilterContext,
  response: S3Response,
  { log, late, idleTimeoutMs }: DispatchOptions,
): Promise<void> {
  const { req, res, state } = ctx;
  const onBytes = (count: number): void => {
    state.bytesOut += count;
  };
  const respondOptions: RespondOptions = { idleTimeoutMs, onBytes };
  if (!(response.body instanceof Promise)) {
    await respond({ req, res }, response, respondOptions);
    return;
  }
  const document = {
    headers: response.headers,
    document: response.body,
    errorDocument: (error: unknown) => errorText(ctx, toS3Error(error, log, state.requestId)),
  };
  await respondLate({ req, res }, document, late, respondOptions);
}
