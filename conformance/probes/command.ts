import * as sdk from '@aws-sdk/client-s3';
import type { Operation } from '../catalogue.ts';
import type { S3Command } from '../transports/sdk.ts';
import { probeInput, type ProbeAim } from './inputs.ts';

type CommandClass = new (input: Record<string, unknown>) => S3Command<unknown>;

/** The SDK's command for any operation of the catalogue, with a probe's input. */
export function probeCommand(operation: Operation, aim: ProbeAim): S3Command<unknown> {
  const command = (sdk as unknown as Record<string, CommandClass | undefined>)[`${operation.name}Command`];
  if (command === undefined) throw new Error(`The SDK in use has no command ${operation.name}`);
  return new command(probeInput(operation, aim));
}
