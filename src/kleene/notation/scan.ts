/** The words of the notation, with where they stand. */
import type { Clock } from '../terms/limit.ts';
import { NotationError } from './notation-error.ts';

export type Sign = '(' | ')' | '[' | ']' | '*' | '.' | ';' | '+' | '|' | '!' | '&' | '=' | '<=';

export interface Token {
  readonly kind: 'name' | 'zero' | 'one' | 'end' | Sign;
  readonly text: string;
  readonly at: number;
}

const word = /[ \t\r\n]*(?:(<=|≤|==|[()[\]*.;+|!&=])|([A-Za-z_][A-Za-z0-9_']*)|([01])|$)/y;
const signs: Readonly<Record<string, Sign>> = { '≤': '<=', '==': '=' };

export function scan(text: string, clock?: Clock): Token[] {
  const tokens: Token[] = [];
  word.lastIndex = 0;
  for (;;) {
    const from = word.lastIndex;
    clock?.tick();
    const match = word.exec(text);
    if (!match) throw unknown(text, from + /^\s*/.exec(text.slice(from))![0].length);
    const [, sign, name, digit] = match;
    const found = sign ?? name ?? digit;
    const at = word.lastIndex - (found?.length ?? 0);
    if (found === undefined) return [...tokens, { kind: 'end', text: '', at: text.length }];
    tokens.push({ kind: kindOf(sign, digit), text: found, at });
  }
}

function kindOf(sign: string | undefined, digit: string | undefined): Token['kind'] {
  if (sign !== undefined) return signs[sign] ?? (sign as Sign);
  if (digit === undefined) return 'name';
  return digit === '0' ? 'zero' : 'one';
}

function unknown(text: string, at: number): NotationError {
  const [sign = ''] = text.slice(at);
  const remedies: Readonly<Record<string, string>> = {
    '≥': 'turn the sides around and write <=',
    '>': 'turn the sides around and write <=',
    '<': 'write <= for inclusion',
    '~': 'write ! before a test, inside square brackets',
    '¬': 'write ! before a test, inside square brackets',
    '^': 'write p p* for one or more times, and p p for twice',
    '∪': 'write + for a choice',
    '·': 'write . or nothing between factors',
  };
  const number = /^[0-9]+/.exec(text.slice(at))?.[0];
  const what = number ?? sign;
  const remedy =
    remedies[sign] ??
    (number
      ? 'the only numbers are 0 and 1; write names for steps'
      : 'write names, 0, 1, [test], and ( ) * . ; + | between them');
  return new NotationError(text, at, what.length, `"${what}" means nothing here; ${remedy}`);
}
