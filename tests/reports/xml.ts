/** A strict reader of the XML that reports use: what is not well-formed throws. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const parts = [
  /<\?[^?]*\?>/,
  /<\/(?<end>[\w-]+)>/,
  /<(?<name>[\w-]+)(?<rest>(?:\s+[\w-]+="[^"<]*")*)\s*(?<empty>\/?)>/,
  /(?<text>[^<]+)/,
];
const token = new RegExp(parts.map(({ source }) => source).join('|'), 'y');
const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
};

export function parseXml(xml: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const { lastIndex } = token;
    const found = token.exec(xml)?.groups;
    if (!found) throw new Error(`not XML: ${xml.slice(lastIndex, lastIndex + 80)}`);
    const inner = open.at(-1)!;
    if (found.text !== undefined) inner.text += decoded(found.text);
    else if (found.end !== undefined) {
      if (open.pop()?.name !== found.end) throw new Error(`</${found.end}> closes something else`);
    } else if (found.name !== undefined) {
      const element = {
        name: found.name,
        attributes: attributes(found.rest),
        children: [],
        text: '',
      };
      inner.children.push(element);
      if (found.empty === '') open.push(element);
    }
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error('not one whole document');
  return top.children[0]!;
}

function attributes(text = ''): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, decoded(value!)]));
}

function decoded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/u.test(text))
    throw new Error('a character that XML cannot hold');
  return text.replaceAll(/&(?<name>[^;\s]*);?/g, (whole, name: string) => {
    if (/^#\d+$/.test(name)) return String.fromCodePoint(Number(name.slice(1)));
    const found = entities[name];
    if (found === undefined || !whole.endsWith(';')) throw new Error(`${whole} is no entity`);
    return found;
  });
}
