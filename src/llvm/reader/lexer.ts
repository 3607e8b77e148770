/** Words of the textual IR, each with the place where it begins. */
import { BadModule, type Position } from '../problem.ts';

export type Kind =
  | ('local' | 'global' | 'comdat' | 'word' | 'label' | 'integer' | 'number' | 'string')
  | ('characters' | 'metadata' | 'metadata string' | 'group' | 'record' | 'mark' | 'end');

export interface Token {
  readonly kind: Kind;
  /** Names without their sigil and quotes, strings without quotes; other tokens as written. */
  readonly text: string;
  readonly offset: number;
}

const quoted = '"[^"]*"';
const name = '[-a-zA-Z$._][-a-zA-Z$._0-9]*';
const patterns: readonly (readonly [Kind | 'skip', string])[] = [
  ['skip', '[ \\t\\r\\n]+|;[^\\n]*'],
  ['label', `(?:${quoted}|[-a-zA-Z$._0-9]+):(?!:)(?=[ \\t\\r\\n]|$)`],
  ['local', `%(?:${quoted}|${name}|[0-9]+)`],
  ['global', `@(?:${quoted}|${name}|[0-9]+)`],
  ['comdat', `\\$(?:${quoted}|${name})`],
  ['characters', `c${quoted}`],
  ['string', quoted],
  ['metadata string', `!${quoted}`],
  ['metadata', '!(?:[-a-zA-Z$._\\\\][-a-zA-Z$._0-9\\\\]*|[0-9]+)'],
  ['record', '#dbg_[a-z_]+'],
  ['group', '#[0-9]+'],
  ['number', '0x[0-9A-Fa-fHKLMR]+|[-+]?[0-9]+\\.[0-9]*(?:[eE][-+]?[0-9]+)?'],
  ['integer', '-?[0-9]+'],
  ['word', '[a-zA-Z_][a-zA-Z_0-9.]*'],
  ['mark', '\\.\\.\\.|[(){}\\[\\]<>,=*|!:]'],
];
const pattern = new RegExp(patterns.map(([, source]) => `(${source})`).join('|'), 'gy');

/** Reads `text` whole; throws where no word of the language begins. */
export function tokensOf(file: string, text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  let offset = 0;
  while (offset < text.length) {
    const found = pattern.exec(text);
    if (found === null) throw unreadable(file, text, offset);
    const which = patterns.findIndex((_, i) => found[i + 1] !== undefined);
    const kind = patterns[which]![0];
    if (kind !== 'skip') tokens.push({ kind, text: plain(kind, found[0]), offset });
    offset = pattern.lastIndex;
  }
  tokens.push({ kind: 'end', text: 'the end of the text', offset: text.length });
  return tokens;
}

function unreadable(file: string, text: string, offset: number): BadModule {
  const rest = text.slice(offset, offset + 1);
  return new BadModule({
    at: positionIn(file, text, offset),
    construct: JSON.stringify(rest),
    why: rest === '"' ? 'a string that has no end' : 'no word of LLVM IR begins like this',
    instead: 'give the text that clang -S -emit-llvm writes',
  });
}

function plain(kind: Kind, text: string): string {
  if (kind === 'label') return unquoted(text.slice(0, -1));
  if (kind === 'local' || kind === 'global' || kind === 'comdat') return unquoted(text.slice(1));
  if (kind === 'string') return text.slice(1, -1);
  if (kind === 'characters' || kind === 'metadata string') return text.slice(2, -1);
  if (kind === 'metadata' || kind === 'group' || kind === 'record') return text.slice(1);
  return text;
}

function unquoted(text: string): string {
  return text.startsWith('"') ? decoded(text.slice(1, -1)) : text;
}

/** Replaces `\5C` by the character with that code. */
export function decoded(text: string): string {
  return text.replaceAll(/\\([0-9A-Fa-f]{2})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The bytes of a string of the IR, whose other characters are UTF-8. */
export function bytesOf(text: string): Uint8Array {
  const bytes: number[] = [];
  const source = Buffer.from(text, 'utf8');
  for (let i = 0; i < source.length; i++) {
    const code = source[i] === 0x5c ? source.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(code)) {
      bytes.push(Number.parseInt(code, 16));
      i += 2;
    } else {
      bytes.push(source[i]!);
      if (source[i] === 0x5c && source[i + 1] === 0x5c) i++;
    }
  }
  return Uint8Array.from(bytes);
}

export function positionIn(file: string, text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { file, line, column: offset - before.lastIndexOf('\n') };
}
