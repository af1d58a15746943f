import { S3Error } from '../errors/s3-error.ts';
import { inHeader, malformed, parseCredential, type Credential } from './credential.ts';

/** What a signature claims, wherever it stands. */
export interface SignatureClaim {
  readonly credential: Credential;
  /** As the client wrote them, joined by `;`. */
  readonly signedHeaders: string;
  readonly signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const componentNames = ['Credential', 'SignedHeaders', 'Signature'];

export function unsupportedMechanism(): S3Error {
  return new S3Error('InvalidRequest', {
    message: `The authorization mechanism you have provided is not supported. Please use ${algorithm}.`,
  });
}

export function asymmetricNotImplemented(header: string): S3Error {
  return new S3Error('NotImplemented', {
    message: 'Signatures of the algorithm AWS4-ECDSA-P256-SHA256 (SigV4A) are not implemented.',
    details: { Header: header },
  });
}

function refuseOtherMechanisms(value: string): void {
  if (value.startsWith('AWS4-ECDSA-P256-SHA256')) throw asymmetricNotImplemented('Authorization');
  if (value.startsWith('AWS ') || value.startsWith('AWS4-')) throw unsupportedMechanism();
  throw new S3Error('InvalidArgument', {
    message: 'Unsupported Authorization Type',
    details: { ArgumentName: 'Authorization', ArgumentValue: value },
  });
}

/** `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; AuthorizationHeaderMalformed and others. */
export function parseAuthorization(value: string): SignatureClaim {
  if (value !== algorithm && !value.startsWith(`${algorithm} `)) refuseOtherMechanisms(value);
  const components = new Map<string, string>();
  for (const part of value.slice(algorithm.length).split(',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    if (!componentNames.includes(name) || components.has(name)) break;
    components.set(name, part.slice(equals + 1).trim());
  }
  const credential = components.get('Credential');
  const signedHeaders = components.get('SignedHeaders');
  const signature = components.get('Signature');
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    throw malformed(
      inHeader,
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    );
  }
  return { credential: parseCredential(credential, inHeader), signedHeaders, signature };
}
