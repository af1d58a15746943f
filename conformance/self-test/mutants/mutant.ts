import type { S3Request, S3Response } from './s3-message.ts';

/** Sends a request on to the sound server: as it came, or signed anew when it is another one. */
export type Send = (request: S3Request) => Promise<S3Response>;

/** What a defect does with a request: changes it before it goes on, its response, or both. */
export type Around = (request: S3Request, send: Send) => Promise<S3Response>;

/** A server with one defect that S3 servers are known for. */
export interface Mutant {
  /** Stable; in kebab case. */
  readonly name: string;
  /** What the server does wrong, in one line. */
  readonly defect: string;
  /** The case that is there for this defect and has to fail. */
  readonly caughtBy: string;
  /** What is run besides the cases of the same operation and feature: ids, operations, features; `*` and `?` allowed. */
  readonly alsoRun?: readonly string[];
  readonly around: Around;
}

/** Mutants of one class of defects. */
export interface DefectClass {
  readonly title: string;
  readonly mutants: readonly Mutant[];
}
