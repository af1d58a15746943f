import { describe, expect, it } from '@jest/globals';
import { encodeAwsChunked } from '../../transports/aws-chunked.ts';
import { decodeAwsChunked } from './decode-aws-chunked.ts';

const signing = {
  canonicalRequest: '',
  stringToSign: '',
  signature: '0',
  signedHeaders: '',
  scope: '',
  timestamp: '',
  key: Buffer.from('key'),
};

describe('aws-chunked, decoded', () => {
  it.each(['signed', 'signed-trailer', 'unsigned-trailer'] as const)('%s: payload and trailers', (form) => {
    const payload = Buffer.alloc(150_000, 'abcdefg\r\n');
    const trailers = form === 'signed' ? [] : ([['x-amz-checksum-crc32', 'AAAAAA==']] as const);
    const framed = encodeAwsChunked(payload, signing, { form, trailers });
    expect(decodeAwsChunked(framed)).toEqual({ payload, trailers });
  });

  it('ends where the framing ends to be right', () => {
    expect(decodeAwsChunked(Buffer.from('3\r\nabc\r\nno size\r\n'))).toEqual({
      payload: Buffer.from('abc'),
      trailers: [],
    });
  });
});
