import { S3Error } from '../errors/s3-error.ts';
import type { ChunkSignaturesSent, PayloadPromise } from './verifier.ts';

/** What a value of x-amz-content-sha256 says, before the signature is known to be right. */
export type PayloadForm =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256'; readonly hex: string }
  | { readonly kind: 'aws-chunked'; readonly isSigned: boolean; readonly trailer: boolean };

const forms: ReadonlyMap<string, PayloadForm> = new Map<string, PayloadForm>([
  ['UNSIGNED-PAYLOAD', { kind: 'unsigned' }],
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { kind: 'aws-chunked', isSigned: false, trailer: true }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', { kind: 'aws-chunked', isSigned: true, trailer: false }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', { kind: 'aws-chunked', isSigned: true, trailer: true }],
]);
const asymmetric = ['STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER'];
const hexHash = /^[0-9a-fA-F]{64}$/;

/** InvalidArgument for a value that S3 does not know, NotImplemented for the forms of SigV4A. */
export function payloadForm(value: string): PayloadForm {
  const form = forms.get(value);
  if (form !== undefined) return form;
  if (hexHash.test(value)) return { kind: 'sha256', hex: value.toLowerCase() };
  if (asymmetric.includes(value)) {
    throw new S3Error('NotImplemented', {
      message: `The payload ${value} (SigV4A) is not implemented.`,
      details: { Header: 'x-amz-content-sha256' },
    });
  }
  throw new S3Error('InvalidArgument', {
    message: `x-amz-content-sha256 must be ${[...forms.keys(), ...asymmetric].join(', ')} or a valid sha256 value.`,
    details: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: value },
  });
}

export function payloadPromise(form: PayloadForm, signing: () => ChunkSignaturesSent): PayloadPromise {
  if (form.kind !== 'aws-chunked') return form;
  return { kind: 'aws-chunked', signed: form.isSigned ? signing() : undefined, trailer: form.trailer };
}
