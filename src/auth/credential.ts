import { S3Error, type S3ErrorOptions } from '../errors/s3-error.ts';

/** The Credential of a signature: `ACCESS/YYYYMMDD/REGION/s3/aws4_request`. */
export interface Credential {
  readonly accessId: string;
  readonly date: string;
  readonly region: string;
  /** `YYYYMMDD/REGION/s3/aws4_request` */
  readonly scope: string;
}

/** Where a credential stands decides S3's error code and how its messages begin. */
export interface CredentialPlace {
  readonly code: 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError';
  readonly prefix: string;
}

export const inHeader: CredentialPlace = {
  code: 'AuthorizationHeaderMalformed',
  prefix: 'The authorization header is malformed; ',
};
export const inQuery: CredentialPlace = {
  code: 'AuthorizationQueryParametersError',
  prefix: 'Error parsing the X-Amz-Credential parameter; ',
};

export function malformed(place: CredentialPlace, message: string, details: S3ErrorOptions['details'] = {}): S3Error {
  return new S3Error(place.code, { message: `${place.prefix}${message}`, details });
}

function isDay(text: string): boolean {
  return text.length === 8 && /^\d{8}$/.test(text);
}

/** The last four parts are the scope: an access id may itself hold slashes, as a Kerberos principal does. */
export function parseCredential(text: string, place: CredentialPlace): Credential {
  const parts = text.split('/');
  const [date, region, service, terminal] = parts.slice(-4);
  const accessId = parts.slice(0, -4).join('/');
  if (accessId === '' || date === undefined || region === undefined) {
    throw malformed(
      place,
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  if (!isDay(date)) {
    throw malformed(
      place,
      `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`,
    );
  }
  if (service !== 's3') {
    throw malformed(place, `incorrect service "${service ?? ''}". This endpoint belongs to "s3".`);
  }
  if (terminal !== 'aws4_request') {
    throw malformed(place, `incorrect terminal "${terminal ?? ''}". This endpoint uses "aws4_request".`);
  }
  return { accessId, date, region, scope: `${date}/${region}/s3/aws4_request` };
}

export function requireSameDay(credential: Credential, dateTime: string, place: CredentialPlace): void {
  const day = dateTime.slice(0, 8);
  if (credential.date === day) return;
  const message = `Invalid credential date "${credential.date}". This date is not the same as X-Amz-Date: "${day}".`;
  throw place === inHeader ? malformed(place, message) : new S3Error(place.code, { message });
}

export function requireRegion(credential: Credential, region: string, place: CredentialPlace): void {
  if (credential.region === region) return;
  throw malformed(place, `the region '${credential.region}' is wrong; expecting '${region}'`, { Region: region });
}
