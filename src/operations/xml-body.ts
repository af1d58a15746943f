import { S3Error } from '../errors/s3-error.ts';
import type { BodySource } from '../storage/values.ts';

/** Room for the longest document that S3 takes, and for all white space that a client may put into it. */
const maxXmlBytes = 8 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a body that is a document. MaxMessageLengthExceeded, MalformedXML where it is not UTF-8. */
export async function readXmlBody(body: BodySource): Promise<string> {
  const pieces: Buffer[] = [];
  let sizeBytes = body.sizeBytes ?? 0;
  if (sizeBytes > maxXmlBytes) throw tooLong();
  sizeBytes = 0;
  for await (const chunk of body.chunks()) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxXmlBytes) throw tooLong();
    pieces.push(Buffer.from(chunk));
  }
  try {
    return utf8.decode(Buffer.concat(pieces, sizeBytes));
  } catch (cause) {
    throw new S3Error('MalformedXML', { cause });
  }
}

/** The same; MissingRequestBodyError where nothing is in it. */
export async function readRequiredXml(body: BodySource): Promise<string> {
  const text = await readXmlBody(body);
  if (text.trim() === '') throw new S3Error('MissingRequestBodyError');
  return text;
}

function tooLong(): S3Error {
  return new S3Error('MaxMessageLengthExceeded', { details: { MaxMessageLengthBytes: String(maxXmlBytes) } });
}
