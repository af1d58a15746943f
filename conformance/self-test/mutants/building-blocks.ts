import type { OperationName } from '../../catalogue.ts';
import type { Around } from './mutant.ts';
import { emptyAnswer, type S3Request, type S3Response } from './s3-message.ts';

/** The building blocks of defects. Each is confined to the operations it names. */
export type Operations = OperationName | readonly OperationName[];

function isOneOf(request: S3Request, operations: Operations): boolean {
  return request.operation !== undefined && [operations].flat().includes(request.operation);
}

/** The server sees another request than the one that was sent. */
export function misread(operations: Operations, edit: (request: S3Request) => S3Request): Around {
  return async (request, send) => send(isOneOf(request, operations) ? edit(request) : request);
}

/** What it does not see of a request: a header or a query parameter. */
export function overlooked(operations: Operations, ...names: readonly string[]): Around {
  return misread(operations, (request) => {
    const isSent = names.some((name) => (request.header(name) ?? request.param(name)) !== undefined);
    if (!isSent) return request;
    return names.reduce((rest, name) => rest.withHeader(name).withParam(name), request);
  });
}

/** The response to what it did well is wrong. */
export function misanswered(
  operations: Operations,
  edit: (response: S3Response, request: S3Request) => S3Response,
): Around {
  return async (request, send) => {
    const response = await send(request);
    return isOneOf(request, operations) && response.isSuccess ? edit(response, request) : response;
  };
}

/** The response to what it refuses is wrong. */
export function misrefused(
  operations: Operations,
  edit: (response: S3Response, request: S3Request) => S3Response,
): Around {
  return async (request, send) => {
    const response = await send(request);
    return isOneOf(request, operations) && response.status >= 300 ? edit(response, request) : response;
  };
}

/** A check is missing: what is refused with one of the codes (HEAD: statuses) is sent again, mended by `repair`. */
export function unchecked(
  operations: Operations,
  codes: readonly string[],
  repair: (request: S3Request) => S3Request = (request) => request.with({}),
): Around {
  return async (request, send) => {
    const response = await send(request);
    const isRefused = isOneOf(request, operations) && codes.includes(response.code ?? String(response.status));
    return isRefused ? send(repair(request)) : response;
  };
}

/** It does something else in place of the operation. */
export function instead(operations: Operations, act: Around): Around {
  return async (request, send) => (isOneOf(request, operations) ? act(request, send) : send(request));
}

/** It says that it did, and does nothing. */
export function pretended(operations: Operations, status: number): Around {
  return instead(operations, async () => emptyAnswer(status));
}

export function inXml(pattern: RegExp, replacement: string): (response: S3Response) => S3Response {
  return (response) => response.withText((text) => text.replace(pattern, replacement));
}

export const flawless: Around = async (request, send) => send(request);

/** It takes what it should refuse: success, and nothing done. */
export function condoned(operations: Operations, codes: readonly string[], status = 200): Around {
  return misrefused(operations, (response) => (codes.includes(response.code ?? '') ? emptyAnswer(status) : response));
}

/** A sub-resource falls through to the plain bucket or object. */
export function fallenThrough(operation: OperationName, ...params: readonly string[]): Around {
  return misread(operation, (request) => params.reduce((rest, name) => rest.withParam(name), request));
}
