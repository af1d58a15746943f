import { describe, expect, it } from '@jest/globals';
import { parseAddress, splitTarget } from './address.ts';

const domains = ['s3.example.com'];

describe('parseAddress', () => {
  it.each([
    ['/', 'localhost', { kind: 'service' }],
    ['/', 's3.example.com', { kind: 'service' }],
    ['/b', 'localhost:9878', { kind: 'bucket', bucket: 'b', style: 'path' }],
    ['/b/', '127.0.0.1', { kind: 'bucket', bucket: 'b', style: 'path' }],
    ['/b/k', '127.0.0.1', { kind: 'object', bucket: 'b', key: 'k', style: 'path' }],
    ['/b//k/', 'x', { kind: 'object', bucket: 'b', key: '/k/', style: 'path' }],
    ['/b/a%2Fb%20c+d', 'x', { kind: 'object', bucket: 'b', key: 'a/b c+d', style: 'path' }],
    ['/b/%2e%2e/x', 'x', { kind: 'object', bucket: 'b', key: '../x', style: 'path' }],
    ['/b/%C3%A9', 'x', { kind: 'object', bucket: 'b', key: 'é', style: 'path' }],
    ['/b/\u00c3\u00a9', 'x', { kind: 'object', bucket: 'b', key: 'é', style: 'path' }],
    ['/b/\u00c3%A9', 'x', { kind: 'object', bucket: 'b', key: 'é', style: 'path' }],
    ['/', 'b.s3.example.com', { kind: 'bucket', bucket: 'b', style: 'virtual-host' }],
    ['/k/x', 'a.b.S3.example.com:80', { kind: 'object', bucket: 'a.b', key: 'k/x', style: 'virtual-host' }],
    ['/b/k', 'other.example.com', { kind: 'object', bucket: 'b', key: 'k', style: 'path' }],
  ])('%s at %s', (path, host, expected) => {
    expect(parseAddress(path, host, domains)).toEqual(expected);
  });

  it.each([
    ['/b/%ZZ', 'InvalidURI'],
    ['/b/%', 'InvalidURI'],
    ['/b/%FF', 'InvalidURI'],
    ['/b/\u00ff', 'InvalidURI'],
    ['/b/a%00b', 'InvalidURI'],
    ['*', 'InvalidURI'],
    ['//b/k', 'InvalidBucketName'],
  ])('refuses %j: %s', (path, code) => {
    expect(() => parseAddress(path, 'localhost', [])).toThrow(expect.objectContaining({ code }));
  });
});

describe('splitTarget', () => {
  it.each([
    ['/b/k?a=1?b', { rawPath: '/b/k', rawQuery: 'a=1?b' }],
    ['http://h:1/b?x', { rawPath: '/b', rawQuery: 'x' }],
    ['http://h:1', { rawPath: '/', rawQuery: '' }],
    ['/', { rawPath: '/', rawQuery: '' }],
  ])('%s', (target, expected) => {
    expect(splitTarget(target)).toEqual(expected);
  });
});
