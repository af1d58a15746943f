import type { S3Client } from '@aws-sdk/client-s3';

/** The request as the SDK holds it; a mutation changes it in place. */
export interface SdkRequest {
  method: string;
  path: string;
  query: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

export interface Mutation {
  /** build: before signing, so the signature fits the change; finalizeRequest: after it. */
  readonly step: 'build' | 'finalizeRequest';
  readonly change: (request: SdkRequest) => void;
}

type Stack = S3Client['middlewareStack'];

/** Puts the change into the SDK's own chain of middleware (transport sdk-http). */
export function addMutation(stack: Stack, mutation: Mutation): void {
  const name = 'conformanceMutation';
  if (mutation.step === 'build') {
    stack.add(
      (next) => (args) => {
        mutation.change(args.request as SdkRequest);
        return next(args);
      },
      { step: 'build', priority: 'low', name, override: true },
    );
    return;
  }
  stack.add(
    (next) => (args) => {
      mutation.change(args.request as SdkRequest);
      return next(args);
    },
    // Signing has normal priority in this step, so low comes after it.
    { step: 'finalizeRequest', priority: 'low', name, override: true },
  );
}
