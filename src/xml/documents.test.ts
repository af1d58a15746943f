import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ownerAclDocument, parseAccessControlPolicy } from './acl.ts';
import {
  emptyConfigurationDocument,
  listBucketsDocument,
  locationDocument,
  ownershipControlsDocument,
  parseBucketConfiguration,
  requestPaymentDocument,
} from './buckets.ts';
import { parseDeleteList } from './delete-objects.ts';
import { parseTagging, taggingDocument } from './tagging.ts';

function outcome(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

const owner = { id: 'f'.repeat(64), displayName: 'alice' };
const createdAt = new Date('2024-02-29T12:34:56.789Z');

describe('golden documents', () => {
  it.each([
    [
      'list-buckets',
      listBucketsDocument({
        owner,
        buckets: [
          { name: 'a', createdAt },
          { name: 'b', createdAt, region: 'us-east-1' },
        ],
        continuationToken: 't',
        prefix: 'p&',
      }),
    ],
    ['location-us-east-1', locationDocument('')],
    ['location', locationDocument('eu-west-1')],
    ['versioning', emptyConfigurationDocument('VersioningConfiguration')],
    ['request-payment', requestPaymentDocument('BucketOwner')],
    ['ownership-controls', ownershipControlsDocument('BucketOwnerEnforced')],
    ['acl', ownerAclDocument(owner)],
    [
      'tagging',
      taggingDocument([
        { key: 'a &amp; b', value: '' },
        { key: 'c', value: '<1>' },
      ]),
    ],
    ['tagging-empty', taggingDocument([])],
  ])('%s', (name, document) => {
    expect(document).toBe(readFileSync(new URL(`../../fixtures/xml/${name}.xml`, import.meta.url), 'utf8'));
  });
});

describe('parseTagging', () => {
  const one = '<Tag><Key>a &amp; b</Key><Value> 1 </Value></Tag>';
  it.each<[string, string, unknown]>([
    [
      'tags',
      `<Tagging><TagSet>${one}${one}</TagSet></Tagging>`,
      [
        { key: 'a & b', value: ' 1 ' },
        { key: 'a & b', value: ' 1 ' },
      ],
    ],
    ['white space between', `<Tagging>\n <TagSet>\n ${one} </TagSet></Tagging>`, [{ key: 'a & b', value: ' 1 ' }]],
    ['an empty set', '<Tagging><TagSet/></Tagging>', []],
    [
      'an empty value',
      '<Tagging><TagSet><Tag><Value/><Key>a</Key></Tag></TagSet></Tagging>',
      [{ key: 'a', value: '' }],
    ],
    ['no set', '<Tagging/>', 'MalformedXML'],
    ['two sets', '<Tagging><TagSet/><TagSet/></Tagging>', 'MalformedXML'],
    ['another root', '<TagSet/>', 'MalformedXML'],
    ['no value', '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>', 'MalformedXML'],
    ['no key', '<Tagging><TagSet><Tag><Value>a</Value></Tag></TagSet></Tagging>', 'MalformedXML'],
    ['two keys', '<Tagging><TagSet><Tag><Key>a</Key><Key>b</Key><Value/></Tag></TagSet></Tagging>', 'MalformedXML'],
    ['an unknown element', '<Tagging><TagSet><Label/></TagSet></Tagging>', 'MalformedXML'],
    ['text between', '<Tagging>x<TagSet/></Tagging>', 'MalformedXML'],
    ['no XML', 'tags', 'MalformedXML'],
  ])('reads %s', (_what, text, expected) => {
    expect(outcome(() => parseTagging(text))).toEqual(expected);
  });
});

describe('parseDeleteList', () => {
  const objects = (count: number): string => '<Object><Key>a</Key></Object>'.repeat(count);
  it.each<[string, string, unknown]>([
    ['a key', '<Delete><Object><Key> a </Key></Object></Delete>', { quiet: false, entries: [{ key: ' a ' }] }],
    ['quiet', `<Delete><Quiet>true</Quiet>${objects(1)}</Delete>`, { quiet: true, entries: [{ key: 'a' }] }],
    ['not quiet', `<Delete>${objects(1)}<Quiet>false</Quiet></Delete>`, { quiet: false, entries: [{ key: 'a' }] }],
    [
      'a version and an ETag',
      '<Delete><Object><Key>a</Key><VersionId>null</VersionId><ETag>"e"</ETag></Object></Delete>',
      { quiet: false, entries: [{ key: 'a', versionId: 'null', etag: '"e"' }] },
    ],
    ['no keys', '<Delete/>', 'MalformedXML'],
    ['an object without a key', '<Delete><Object/></Delete>', 'MalformedXML'],
    ['an empty key', '<Delete><Object><Key/></Object></Delete>', 'MalformedXML'],
    ['two keys in an object', '<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>', 'MalformedXML'],
    ['1001 keys', `<Delete>${objects(1001)}</Delete>`, 'MalformedXML'],
    ['neither true nor false', `<Delete><Quiet>yes</Quiet>${objects(1)}</Delete>`, 'MalformedXML'],
    ['an unknown element', `<Delete>${objects(1)}<Loud/></Delete>`, 'MalformedXML'],
    ['another root', `<Remove>${objects(1)}</Remove>`, 'MalformedXML'],
    ['a size', '<Delete><Object><Key>a</Key><Size>1</Size></Object></Delete>', 'NotImplemented'],
  ])('reads %s', (_what, text, expected) => {
    expect(outcome(() => parseDeleteList(text))).toEqual(expected);
  });

  it('reads 1000 keys', () => {
    expect(parseDeleteList(`<Delete>${objects(1000)}</Delete>`).entries).toHaveLength(1000);
  });
});

describe('parseBucketConfiguration', () => {
  const wrapped = (inner: string): string => `<CreateBucketConfiguration>${inner}</CreateBucketConfiguration>`;
  it.each<[string, string, unknown]>([
    ['nothing', wrapped(''), { tags: [] }],
    [
      'a location',
      wrapped('<LocationConstraint>eu-west-1</LocationConstraint>'),
      { locationConstraint: 'eu-west-1', tags: [] },
    ],
    ['an empty location', wrapped('<LocationConstraint/>'), { locationConstraint: '', tags: [] }],
    ['tags', wrapped('<Tags><Tag><Key>a</Key><Value>1</Value></Tag></Tags>'), { tags: [{ key: 'a', value: '1' }] }],
    ['a directory bucket', wrapped('<Bucket><Type>Directory</Type></Bucket>'), 'NotImplemented'],
    ['an unknown element', wrapped('<Region>eu-west-1</Region>'), 'MalformedXML'],
    ['two locations', wrapped('<LocationConstraint/><LocationConstraint/>'), 'MalformedXML'],
    ['another root', '<Bucket/>', 'MalformedXML'],
  ])('reads %s', (_what, text, expected) => {
    expect(outcome(() => parseBucketConfiguration(text))).toEqual(expected);
  });
});

describe('parseAccessControlPolicy', () => {
  const grant = (grantee: string, permission = 'READ'): string =>
    `<Grant>${grantee}<Permission>${permission}</Permission></Grant>`;
  const grantee = (type: string, inner: string): string =>
    `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${inner}</Grantee>`;
  const policy = (grants: string): string =>
    `<AccessControlPolicy><Owner><ID>o</ID></Owner><AccessControlList>${grants}</AccessControlList></AccessControlPolicy>`;

  it.each<[string, string, unknown]>([
    ['nobody', policy(''), []],
    [
      'a user',
      policy(grant(grantee('CanonicalUser', '<ID>u</ID><DisplayName>U</DisplayName>'), 'FULL_CONTROL')),
      [{ permission: 'FULL_CONTROL', grantee: 'u' }],
    ],
    ['a group', policy(grant(grantee('Group', '<URI>g</URI>'))), [{ permission: 'READ', grantee: 'g' }]],
    [
      'an address',
      policy(grant(grantee('AmazonCustomerByEmail', '<EmailAddress>e</EmailAddress>'))),
      [{ permission: 'READ', grantee: 'e' }],
    ],
    ['an unknown permission', policy(grant(grantee('Group', '<URI>g</URI>'), 'ALL')), 'MalformedACLError'],
    ['an unknown type', policy(grant(grantee('Robot', '<ID>u</ID>'))), 'MalformedACLError'],
    ['no type', policy(grant('<Grantee><ID>u</ID></Grantee>')), 'MalformedACLError'],
    ['a user without an id', policy(grant(grantee('CanonicalUser', ''))), 'MalformedACLError'],
    ['a grant to nobody', policy('<Grant><Permission>READ</Permission></Grant>'), 'MalformedACLError'],
    ['no owner', '<AccessControlPolicy><AccessControlList/></AccessControlPolicy>', 'MalformedACLError'],
    ['no list', '<AccessControlPolicy><Owner><ID>o</ID></Owner></AccessControlPolicy>', 'MalformedACLError'],
    ['no XML', 'private', 'MalformedACLError'],
  ])('reads %s', (_what, text, expected) => {
    const found = outcome(() => parseAccessControlPolicy(text));
    expect(typeof expected === 'string' ? found : (found as { grants: unknown }).grants).toEqual(expected);
  });

  it('reads what it writes', () => {
    expect(parseAccessControlPolicy(ownerAclDocument(owner))).toEqual({
      ownerId: owner.id,
      grants: [{ permission: 'FULL_CONTROL', grantee: owner.id }],
    });
  });
});
