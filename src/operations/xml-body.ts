import { S3Error } from '../errors/s3-error.ts';
import type { BodySource } from '../storage/values.ts';

/** Room for 1,000 keys or 10,000 parts, each character written as a reference, and for white space between. */
export const longDocumentBytes = 8 * 1024 * 1024;
/** Room for every other document that S3 takes. */
const shortDocumentBytes = 512 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a body that is a document. MaxMessageLengthExceeded, MalformedXML where it is not UTF-8. */
export async function readXmlBody(body: BodySource, maxBytes: number = shortDocumentBytes): Promise<string> {
  const pieces: Buffer[] = [];
  let sizeBytes = body.sizeBytes ?? 0;
  if (sizeBytes > maxBytes) throw tooLong(maxBytes);
  sizeBytes = 0;
  for await (const chunk of body.chunks()) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw tooLong(maxBytes);
    pieces.push(Buffer.from(chunk));
  }
  try {
    return utf8.decode(Buffer.concat(pieces, sizeBytes));
  } catch (cause) {
    throw new S3Error('MalformedXML', { cause });
  }
}

/** The same; MissingRequestBodyError where nothing is in it. */
export async function readRequiredXml(body: BodySource, maxBytes?: number): Promise<string> {
  const text = await readXmlBody(body, maxBytes);
  if (text.trim() === '') throw new S3Error('MissingRequestBodyError');
  return text;
}

function tooLong(maxBytes: number): S3Error {
  return new S3Error('MaxMessageLengthExceeded', { details: { MaxMessageLengthBytes: String(maxBytes) } });
}
