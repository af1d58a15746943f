import { describe, expect, it } from '@jest/globals';
import { childNamed, childText, parseXml, requireShape } from './read.ts';

const malformed = expect.objectContaining({ code: 'MalformedXML' });

function refusal(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe('parseXml', () => {
  it.each([
    ['an empty element', '<K/>', ''],
    ['a declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<K>a</K>\n', 'a'],
    ['a byte order mark', '\uFEFF<?xml version="1.0"?><K>a</K>', 'a'],
    ['a style sheet instruction', '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><K>a</K>', 'a'],
    ['comments around and inside', '<!-- x --><K>a<!-- - -->b</K><!-- y -->', 'ab'],
    ['the five entities', '<K>&lt;&gt;&amp;&quot;&apos;</K>', '<>&"\''],
    ['an escaped ampersand only once', '<K>&amp;amp;</K>', '&amp;'],
    ['character references', '<K>&#13;&#x1F600;&#9;</K>', '\r\u{1F600}\t'],
    ['character data', '<K><![CDATA[<a>&b]]]></K>', '<a>&b]'],
    ['text of nothing but spaces', '<K>  </K>', '  '],
    ['line ends', '<K>a\r\nb\rc</K>', 'a\nb\nc'],
    ['a namespace and a prefix', '<s:K xmlns:s="http://s3.amazonaws.com/doc/2006-03-01/">a</s:K>', 'a'],
    ['a long comment', `<K><!--${'x'.repeat(4_000_000)}-->a</K>`, 'a'],
    ['long character data', `<K><![CDATA[${'] '.repeat(100_000)}]]></K>`, '] '.repeat(100_000)],
    ['long text', `<K>${'x'.repeat(200_000)}</K>`, 'x'.repeat(200_000)],
  ])('reads %s', (_what, text, expected) => {
    const root = parseXml(text);
    expect([root.name, root.text]).toEqual(['K', expected]);
  });

  it('reads names of Object.prototype as any other', () => {
    const root = parseXml('<K><constructor>a</constructor><__proto__>b</__proto__></K>');
    expect(root.children.map((child) => [child.name, child.text])).toEqual([
      ['constructor', 'a'],
      ['__proto__', 'b'],
    ]);
  });

  it('reads attributes', () => {
    const root = parseXml(`<K xmlns:xsi="urn:x" xsi:type='Canonical&amp;User'/>`);
    expect([...root.attributes]).toEqual([
      ['xmlns:xsi', 'urn:x'],
      ['xsi:type', 'Canonical&User'],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['spaces', '  \n'],
    ['text', 'hello'],
    ['an unclosed root', '<K>'],
    ['an unclosed child', '<K><a>'],
    ['a child closed by its parent', '<K><a></K>'],
    ['crossed elements', '<K><a><b></a></b></K>'],
    ['another case at the end', '<K></k>'],
    ['an end without a start', '</K>'],
    ['two roots', '<K/><K/>'],
    ['text before the root', 'x<K/>'],
    ['text after the root', '<K/>x'],
    ['character data after the root', '<K/><![CDATA[x]]>'],
    ['a document type', '<!DOCTYPE K><K/>'],
    ['a document type with entities', '<!DOCTYPE K [<!ENTITY x "y">]><K>&x;</K>'],
    ['an external entity', '<!DOCTYPE K [<!ENTITY x SYSTEM "file:///etc/hosts">]><K>&x;</K>'],
    ['another declaration', '<K><!bogus x></K>'],
    ['an entity that is not declared', '<K>&bogus;</K>'],
    ['a bare ampersand', '<K>a & b</K>'],
    ['an open reference', '<K>&amp</K>'],
    ['a reference to NUL', '<K>&#0;</K>'],
    ['a reference to a control character', '<K>&#x1;</K>'],
    ['a reference to a surrogate', '<K>&#xD800;</K>'],
    ['a reference past Unicode', '<K>&#x110000;</K>'],
    ['a control character', '<K>\u0001</K>'],
    ['an open comment', '<K/><!-- '],
    ['dashes in a comment', '<K><!-- a -- b --></K>'],
    ['an open instruction', '<K/><?x'],
    ['a declaration that is not first', ' <?xml version="1.0"?><K/>'],
    ['an open tag', '<K'],
    ['an attribute twice', '<K a="1" a="2"/>'],
    ['an attribute without a value', '<K a/>'],
    ['an attribute without quotes', '<K a=b/>'],
    ['attributes without a space between', '<K a="1"b="2"/>'],
    ['a less-than sign in an attribute', '<K a="<"/>'],
    ['a space before the name', '< K/>'],
    ['the end of character data in text', '<K>]]></K>'],
    ['depth', `${'<K>'.repeat(21)}${'</K>'.repeat(21)}`],
    ['length', `<K>${'x'.repeat(8 * 1024 * 1024)}</K>`],
  ])('refuses %s', (_what, text) => {
    expect(refusal(() => parseXml(text))).toEqual(malformed);
  });

  it.each([
    ['ends that match nothing', `${'<a>'.repeat(19)}${'</b>'.repeat(200_000)}`],
    ['open comments', '<!--'.repeat(200_000)],
    ['open character data', `<K>${'<![CDATA['.repeat(100_000)}`],
    ['open tags', '<'.repeat(1_000_000)],
    ['brackets', `<K><![CDATA[${']'.repeat(1_000_000)}`],
    ['attributes', `<K ${'a="" '.repeat(100_000)}`],
    ['spaces', `<K ${' '.repeat(1_000_000)}`],
  ])('refuses a megabyte of %s at once', (_what, text) => {
    const before = performance.now();
    expect(refusal(() => parseXml(text))).toEqual(malformed);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe('shape', () => {
  const element = parseXml('<K> <a>1</a> <b>2</b> <b>3</b> <c><d/></c> </K>');

  it.each([
    ['another name', 'L', ['a', 'b', 'c']],
    ['a child not named', 'K', ['a', 'b']],
  ])('refuses %s', (_what, name, children) => {
    expect(refusal(() => requireShape(element, name, children))).toEqual(malformed);
  });

  it('refuses text beside children', () => {
    expect(refusal(() => requireShape(parseXml('<K>x<a/></K>'), 'K', ['a']))).toEqual(malformed);
  });

  it('takes what is named, once', () => {
    requireShape(element, 'K', ['a', 'b', 'c']);
    expect(childText(element, 'a')).toBe('1');
    expect(childText(element, 'x')).toBeUndefined();
    expect(refusal(() => childNamed(element, 'b'))).toEqual(malformed);
    expect(refusal(() => childText(element, 'c'))).toEqual(malformed);
  });
});
