import { createHash } from 'node:crypto';
import type { Around, DefectClass } from '../mutant.ts';
import { condoned, inXml, instead, misanswered, misread, overlooked, pretended } from '../building-blocks.ts';
import { encodeKey } from '../../../transports/sigv4.ts';
import { emptyAnswer, S3Response, type S3Request } from '../s3-message.ts';

const ofCaller = (request: S3Request): S3Request =>
  request.with({
    headers: request.headers.filter(([name]) => /^(host|authorization)$/i.test(name)),
    body: Buffer.alloc(0),
  });

/** Like `rm -r`: what is below the key goes with it. */
const recursively: Around = instead('DeleteObject', async (request, send) => {
  const caller = ofCaller(request);
  const prefix = `${decodeURIComponent(request.key).replace(/\/$/, '')}/`;
  const below = caller.with({
    method: 'GET',
    path: `/${request.bucket}`,
    query: [
      ['list-type', '2'],
      ['prefix', prefix],
    ],
  });
  const keys = [...(await send(below)).body.toString('utf8').matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key);
  for (const key of keys) await send(caller.with({ path: `/${request.bucket}/${encodeKey(key)}` }));
  return send(request);
});

const missingAsNoSuchKey: Around = instead('DeleteObject', async (request, send) => {
  const found = await send(ofCaller(request).with({ method: 'HEAD', query: [] }));
  if (found.status !== 404) return send(request);
  const body = Buffer.from('<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>no</Message></Error>');
  const headers = [
    ['content-type', 'application/xml'],
    ['content-length', String(body.length)],
  ] as const;
  return new S3Response({ status: 404, headers, body });
});

/** The list is guarded by a digest: a list that was changed needs another one. */
function redigested(request: S3Request, edit: (text: string) => string): S3Request {
  const edited = request.withoutHeaders(/^(content-md5$|x-amz-checksum-|x-amz-sdk-checksum)/i).withText(edit);
  return edited.withHeader('content-md5', createHash('md5').update(edited.body).digest('base64'));
}

const object = /<Object>.*?<\/Object>/gs;

const firstAlone: Around = instead('DeleteObjects', async (request, send) => {
  const entries = request.body.toString('utf8').match(object) ?? [];
  const shortened = redigested(request, (text) => text.replace(object, (one) => (one === entries[0] ? one : '')));
  const response = await send(shortened);
  const keys = entries.slice(1).map((one) => /<Key>.*?<\/Key>/s.exec(one)?.[0] ?? '');
  const told = keys.map((key) => `<Deleted>${key}</Deleted>`).join('');
  return response.withText((text) => text.replace('</DeleteResult>', `${told}</DeleteResult>`));
});

export const deleting: DefectClass = {
  title: 'deletions',
  mutants: [
    {
      name: 'deletion-pretended',
      defect: 'answers DeleteObject with 204 and keeps the object',
      caughtBy: 'DeleteObject.existing-key.removed',
      alsoRun: ['DeleteObject', 'workflow'],
      around: pretended('DeleteObject', 204),
    },
    {
      name: 'deletion-of-missing-key-404',
      defect: 'answers 404 when a key is deleted that is not there',
      caughtBy: 'DeleteObject.missing-key.no-content',
      around: missingAsNoSuchKey,
    },
    {
      name: 'deletion-answered-200',
      defect: 'answers DeleteObject with 200',
      caughtBy: 'DeleteObject.existing-key.removed',
      alsoRun: ['DeleteObject'],
      around: misanswered('DeleteObject', (response) => response.with({ status: 200 })),
    },
    {
      name: 'deletion-recursive',
      defect: 'deletes what is below a key along with it',
      caughtBy: 'DeleteObject.siblings.prefix-of-keys',
      around: recursively,
    },
    {
      name: 'quiet-ignored',
      defect: 'DeleteObjects ignores Quiet',
      caughtBy: 'DeleteObjects.bulk-delete.quiet',
      around: misread('DeleteObjects', (request) =>
        request.body.includes('<Quiet>true')
          ? redigested(request, (text) => text.replace('<Quiet>true', '<Quiet>false'))
          : request,
      ),
    },
    {
      name: 'always-quiet',
      defect: 'DeleteObjects does not tell what was deleted',
      caughtBy: 'DeleteObjects.bulk-delete.several-keys',
      around: misanswered('DeleteObjects', inXml(/<Deleted>.*?<\/Deleted>/gs, '')),
    },
    {
      name: 'thousand-and-one-condoned',
      defect: 'takes a list of 1,001 keys to delete',
      caughtBy: 'DeleteObjects.bulk-delete.thousand-and-one-keys',
      alsoRun: ['DeleteObjects.document.*'],
      around: condoned('DeleteObjects', ['MalformedXML']),
    },
    {
      name: 'digest-of-deletion-not-asked-for',
      defect: 'takes a list of keys to delete that no digest guards',
      caughtBy: 'DeleteObjects.content-md5.absent',
      around: condoned('DeleteObjects', ['InvalidRequest']),
    },
    {
      name: 'content-md5-of-deletion-not-enough',
      defect: 'asks for a checksum of the list although there is a Content-MD5',
      caughtBy: 'DeleteObjects.content-md5.right',
      around: instead('DeleteObjects', async (request, send) => {
        const isOld = request.headers.every(([name]) => !/^x-amz-checksum-/i.test(name));
        return isOld ? emptyAnswer(400) : send(request);
      }),
    },
    {
      name: 'missing-keys-are-errors',
      defect: 'DeleteObjects tells of an error for a key that is not there',
      caughtBy: 'DeleteObjects.bulk-delete.missing-key',
      around: misanswered(
        'DeleteObjects',
        inXml(
          /<Deleted>(<Key>.*?<\/Key>)<\/Deleted>/gs,
          '<Error>$1<Code>NoSuchKey</Code><Message>no</Message></Error>',
        ),
      ),
    },
    {
      name: 'bulk-deletion-pretended',
      defect: 'DeleteObjects deletes nothing, and says that it did',
      caughtBy: 'DeleteObjects.bulk-delete.several-keys',
      alsoRun: ['DeleteObjects'],
      around: misread('DeleteObjects', (request) =>
        redigested(request, (text) => text.replace(/<Key>/g, '<Key>no/such/key/')),
      ),
    },
    {
      name: 'first-entry-alone-deleted',
      defect: 'DeleteObjects deletes the first key of the list, and says that it deleted all',
      caughtBy: 'DeleteObjects.bulk-delete.several-keys',
      around: firstAlone,
    },
    {
      name: 'bulk-entry-etag-ignored',
      defect: 'DeleteObjects ignores the ETag of an entry',
      caughtBy: 'DeleteObjects.conditional-delete.wrong-etag',
      around: misread('DeleteObjects', (request) =>
        request.body.includes('<ETag>')
          ? redigested(request, (text) => text.replace(/<ETag>.*?<\/ETag>/gs, ''))
          : request,
      ),
    },
    {
      name: 'bulk-deletion-in-missing-bucket-condoned',
      defect: 'answers DeleteObjects with 200 where there is no bucket',
      caughtBy: 'DeleteObjects.error-shape.missing-bucket',
      around: condoned('DeleteObjects', ['NoSuchBucket']),
    },
    {
      name: 'bucket-owner-of-deletion-not-compared',
      defect: 'DeleteObjects ignores x-amz-expected-bucket-owner',
      caughtBy: 'DeleteObjects.expected-bucket-owner.other-account',
      around: overlooked('DeleteObjects', 'x-amz-expected-bucket-owner'),
    },
  ],
};
