/**
 * Reads the notation: `0 1 name [test] (e) e* e.e e;e e+e e|e`, nothing between factors, and inside
 * square brackets `0 1 name !b b&b b|b (b)`. No call is made for a bracket: depth has no limit.
 */

import { type Signature, untyped } from '../terms/signature.ts';
import type { Formula, Term, Terms } from '../terms/term.ts';
import { type Operation, type Step, typed } from '../terms/typed.ts';
import { NotationError } from './notation-error.ts';
import { scan, type Token } from './scan.ts';

export interface Equation {
  readonly relation: '=' | '<=';
  readonly left: Term;
  readonly right: Term;
}

const binding: Readonly<Record<string, number>> = { '(': 0, '+': 1, '.': 2, ';': 2 };
const operations: Readonly<Record<string, Operation>> = {
  '+': 'choice',
  '.': 'product',
  ';': 'sequence',
};

export function parseTerm(terms: Terms, text: string, signature: Signature = untyped): Term {
  const reader = new Reader(terms, text);
  const steps = reader.term();
  reader.end('a term');
  return typed(terms, text, signature, [steps])[0] as Term;
}

/** `E = F` or `E <= F`. */
export function parseEquation(terms: Terms, text: string, signature: Signature = untyped) {
  const reader = new Reader(terms, text);
  const first = reader.term();
  const relation = reader.relation();
  const second = reader.term();
  reader.end('an equation');
  const [left, right] = typed(terms, text, signature, [first, second]);
  return { relation, left, right } as Equation;
}

class Reader {
  readonly #terms: Terms;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(terms: Terms, text: string) {
    this.#terms = terms;
    this.#text = text;
    this.#tokens = scan(text, terms.clock);
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #wrong(fault: string, token = this.#token): NotationError {
    return new NotationError(this.#text, token.at, token.text.length, fault);
  }

  relation(): Equation['relation'] {
    const { kind } = this.#token;
    if (kind !== '=' && kind !== '<=')
      throw this.#wrong('an equation has two sides; write = or <= between them');
    this.#next++;
    return kind;
  }

  end(what: string): void {
    const { kind, text } = this.#token;
    if (kind === 'end') return;
    throw kind === '=' || kind === '<='
      ? this.#wrong(`a second "${text}"; write each equation by itself`)
      : this.#wrong(`"${text}" does not belong to ${what}; take it out`);
  }

  /** The steps of a term, each after what it is made of. */
  term(): Step[] {
    const steps: Step[] = [];
    const waiting: Token[] = [];
    const apply = (least: number) => {
      for (let top = waiting.at(-1); top; top = waiting.at(-1)) {
        if ((binding[top.kind] ?? 0) < Math.max(least, 1)) return;
        steps.push({ operation: operations[top.kind] as Operation, at: top.at });
        waiting.pop();
      }
    };
    let complete = false;
    for (;;) {
      const token = this.#token;
      const { kind } = token;
      this.#terms.clock?.tick();
      const starts = kind === 'name' || kind === 'zero' || kind === 'one' || kind === '[';
      if (complete && (starts || kind === '(')) {
        apply(2);
        waiting.push({ kind: '.', text: '', at: token.at });
        complete = false;
      } else if (starts) {
        steps.push(this.#leaf(token));
        complete = true;
      } else if (kind === '(') {
        waiting.push(token);
        this.#next++;
      } else if (!complete) throw this.#missing(token);
      else if (kind === '*') {
        steps.push({ operation: 'star', at: token.at });
        this.#next++;
      } else if (kind === ')') {
        apply(1);
        if (!waiting.pop()) throw this.#wrong('this ")" closes nothing; open it before');
        this.#next++;
      } else if (kind === '+' || kind === '|' || kind === '.' || kind === ';') {
        const infix = { ...token, kind: kind === '|' ? ('+' as const) : kind };
        apply(binding[infix.kind] as number);
        waiting.push(infix);
        this.#next++;
        complete = false;
      } else break;
    }
    apply(1);
    const open = waiting.pop();
    if (open) throw this.#wrong('this "(" is never closed; write ")" where it ends', open);
    if (this.#token.kind === ']' || this.#token.kind === '!' || this.#token.kind === '&')
      throw this.#outside();
    return steps;
  }

  #leaf(token: Token): Step {
    if (token.kind !== '[') this.#next++;
    if (token.kind === 'name') return { operation: 'letter', at: token.at, name: token.text };
    if (token.kind === 'zero' || token.kind === 'one')
      return { operation: token.kind, at: token.at };
    return { operation: 'test', at: token.at, formula: this.#formula() };
  }

  #missing(token: Token): NotationError {
    if (token.kind === '!' || token.kind === '&' || token.kind === ']') return this.#outside();
    const before = this.#tokens[this.#next - 1]?.text;
    const place = [before && `after "${before}"`, token.text && `before "${token.text}"`];
    const where = place.filter((one) => one).join(' and ') || 'here';
    return this.#wrong(`a term is missing ${where}; write a name, 0, 1, [test] or (`);
  }

  #outside(): NotationError {
    const { text } = this.#token;
    return this.#wrong(`"${text}" belongs to tests; write tests in square brackets: [!a & b]`);
  }

  /** A test with its brackets. */
  #formula(): Formula {
    const terms = this.#terms;
    const open = this.#token;
    const values: Formula[] = [];
    const waiting: Token[] = [];
    const power: Readonly<Record<string, number>> = { '|': 1, '&': 2, '!': 3 };
    const apply = (least: number) => {
      for (let top = waiting.at(-1); top; top = waiting.at(-1)) {
        if ((power[top.kind] ?? 0) < Math.max(least, 1)) return;
        waiting.pop();
        const last = values.pop() as Formula;
        if (top.kind === '!') values.push(terms.not(last));
        else if (top.kind === '&') values.push(terms.and(values.pop() as Formula, last));
        else values.push(terms.or(values.pop() as Formula, last));
      }
    };
    let complete = false;
    for (this.#next++; ; this.#next++) {
      const token = this.#token;
      const { kind } = token;
      if (kind === 'end') throw this.#wrong('this "[" is never closed; write "]"', open);
      const leaf = kind === 'name' || kind === 'zero' || kind === 'one';
      if (leaf && !complete) {
        values.push(kind === 'name' ? terms.name(token.text) : terms.truth(kind === 'one'));
        complete = true;
      } else if ((kind === '(' || kind === '!') && !complete) waiting.push(token);
      else if (kind === ')' && complete) {
        apply(1);
        if (waiting.pop()?.kind !== '(')
          throw this.#wrong('this ")" closes nothing inside the test; open it before');
      } else if ((kind === '&' || kind === '|') && complete) {
        apply(power[kind] as number);
        waiting.push(token);
        complete = false;
      } else if (kind === ']' && complete) break;
      else throw this.#badTest(token, complete);
    }
    apply(1);
    const unclosed = waiting.pop();
    if (unclosed) throw this.#wrong('this "(" is never closed; write ")"', unclosed);
    this.#next++;
    return values[0] as Formula;
  }

  #badTest(token: Token, complete: boolean): NotationError {
    if (!complete && token.kind !== '+' && token.kind !== '.')
      return this.#wrong(`a test is missing before "${token.text}"; write a name, 0, 1, ! or (`);
    return this.#wrong(`"${token.text}" does not join tests; write & or | inside brackets`);
  }
}
