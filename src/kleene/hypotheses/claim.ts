/** Reads what a certificate claims. Nothing of it is believed here: that is for check.ts. */
import type { Certificate } from '../decision/certificate.ts';
import type { Word } from '../decision/search.ts';
import type { Equation } from '../notation/parse.ts';
import type { Clock } from '../terms/limit.ts';
import { type Sort, Terms } from '../terms/term.ts';
import { list, TermReader, text, Unreadable, whole } from '../terms/term-lines.ts';
import { format, version } from './certificate-lines.ts';
import { type Closure, mostStates, type Step } from './closure.ts';
import type { Replacement, Zero } from './eliminate.ts';
import type { Closed, Proof, ShownLayer } from './proof.ts';

export interface Claim {
  readonly goal: Equation;
  readonly given: readonly Equation[];
  readonly answer:
    | { readonly kind: 'holds'; readonly proof: Proof }
    | {
        readonly kind: 'fails';
        readonly in: 'left' | 'right';
        readonly by: { readonly word: Word } | { readonly model: PlainModel };
      };
}

/** A model as it is written: relations as pairs of states. */
export interface PlainModel {
  readonly states: readonly Sort[];
  readonly letters: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  readonly tests: ReadonlyMap<string, readonly number[]>;
}

/** What is wrong with a certificate, on which of its lines, counted from 1. */
export class BadCertificate extends Error {
  override readonly name = 'BadCertificate';
  readonly line: number | undefined;

  constructor(fault: string, line?: number) {
    super(line === undefined ? fault : `line ${line}: ${fault}`);
    this.line = line;
  }
}

/** What the lines claim; a BadCertificate if they cannot be read. */
export function readClaim(lines: readonly string[], clock?: Clock): Claim {
  const reader = new Reader(lines, clock);
  try {
    return reader.claim();
  } catch (problem) {
    if (problem instanceof BadCertificate) throw problem;
    // A misfit of sorts, or a line that does not say what it has to.
    const known =
      problem instanceof Error && /^(Unreadable|Misfit|SyntaxError)$/.test(problem.name);
    if (!known) throw problem;
    throw new BadCertificate(problem.message, reader.line);
  }
}

class Reader {
  readonly #lines: readonly string[];
  readonly #clock: Clock | undefined;
  readonly #terms: TermReader;
  #next = 0;
  #ahead: readonly unknown[] | undefined;

  constructor(lines: readonly string[], clock: Clock | undefined) {
    this.#lines = lines;
    this.#clock = clock;
    this.#terms = new TermReader(new Terms(clock));
  }

  /** The line that was read last, counted from 1. */
  get line(): number {
    return this.#next;
  }

  claim(): Claim {
    this.#head();
    const given: Equation[] = [];
    while (this.#is('given')) given.push(this.#equation('given'));
    const goal = this.#equation('goal');
    const answer = this.#is('holds') ? this.#holds() : this.#fails();
    const [count] = this.#take('end');
    if (count !== this.#next - 1) throw new Unreadable(`${this.#next - 1} lines come before it`);
    if (this.#next < this.#lines.length) throw new BadCertificate('it has ended', this.#next + 1);
    return { goal, given, answer };
  }

  #head(): void {
    const [what, number] = this.#parsed();
    if (what !== format) throw new Unreadable(`this is no certificate: it begins "${format}"`);
    if (number !== version)
      throw new Unreadable(`this is version ${JSON.stringify(number)}, version ${version} is read`);
  }

  #parsed(): readonly unknown[] {
    const line = this.#lines[this.#next];
    if (line === undefined)
      throw new BadCertificate('it is cut short: its last line is missing', this.#next + 1);
    this.#next++;
    this.#clock?.tick(line.length);
    return list(JSON.parse(line));
  }

  /** The next line that is not one of a term. */
  #peek(): readonly unknown[] {
    while (!this.#ahead) {
      const line = this.#parsed();
      if (!this.#terms.reads(line)) this.#ahead = line;
    }
    return this.#ahead;
  }

  #is(what: string): boolean {
    return this.#peek()[0] === what;
  }

  #take(...any: readonly string[]): readonly unknown[] {
    const [what, ...rest] = this.#peek();
    if (!any.some((one) => one === what))
      throw new Unreadable(`"${any.join('" or "')}" is missing, this is ${JSON.stringify(what)}`);
    this.#ahead = undefined;
    return rest;
  }

  #equation(what: string): Equation {
    const [relation, left, right] = this.#take(what);
    if (relation !== '=' && relation !== '<=') throw new Unreadable('neither "=" nor "<="');
    return { relation, left: this.#terms.term(left), right: this.#terms.term(right) };
  }

  #holds(): Claim['answer'] {
    const [rule] = this.#take('holds');
    return { kind: 'holds', proof: this.#proof(rule) };
  }

  #proof(rule: unknown): Proof {
    if (rule === 'equation') return { rule, certificate: this.#certificate() };
    if (rule === 'simulation') return this.#simulation();
    if (rule !== 'elimination' && rule !== 'closure')
      throw new Unreadable(`${JSON.stringify(rule)} is no way to show anything`);
    const elimination = this.#elimination();
    if (rule === 'elimination') return { rule, elimination, certificate: this.#certificate() };
    const closures: Closed[] = [];
    while (this.#is('closure'))
      closures.push({
        closure: this.#closure(),
        base: this.#certificate(),
        cover: this.#certificate(),
      });
    return { rule, elimination, closures };
  }

  #elimination() {
    const replacements: Replacement[] = [];
    const zeros: Zero[] = [];
    while (this.#is('replace')) {
      const [hypothesis, letter, equals] = this.#take('replace');
      const term = this.#terms.term(equals);
      replacements.push({ hypothesis: whole(hypothesis), letter: text(letter), equals: term });
    }
    while (this.#is('zero')) {
      const [hypothesis, zero] = this.#take('zero');
      zeros.push({ hypothesis: whole(hypothesis), zero: this.#terms.term(zero) });
    }
    return { replacements, zeros };
  }

  #closure(): Closure {
    const [size, final, steps, added] = this.#take('closure');
    if (whole(size) > mostStates) throw new Unreadable(`more than ${mostStates} states`);
    const step = (one: unknown): Step => {
      const [from, to, letter] = list(one);
      return {
        from: whole(from),
        to: whole(to),
        letter: letter === null ? undefined : text(letter),
      };
    };
    return {
      size: whole(size),
      final: list(final).map(whole),
      steps: list(steps).map(step),
      added: list(added).map((one) => ({ ...step(one), hypothesis: whole(list(one)[3]) })),
    };
  }

  #simulation(): Proof {
    const layers: ShownLayer[] = [];
    const specified: Certificate[] = [];
    while (this.#is('layer')) {
      const [letter, hypotheses, sequences] = this.#take('layer');
      layers.push({
        letter: text(letter),
        simulations: new Map(list(hypotheses).map((one) => [whole(one), undefined])),
        sequences: this.#terms.term(sequences),
      });
      specified.push(this.#certificate());
    }
    return { rule: 'simulation', layers, specified, cover: this.#certificate() };
  }

  #certificate(): Certificate {
    const equation = this.#equation('equation');
    const states: Certificate['states'][number][] = [];
    const pairs: Certificate['pairs'][number][] = [];
    const numbers = (side: unknown) => list(side).map(whole);
    while (this.#is('state')) {
      const [head, tail] = this.#take('state');
      const first = head === undefined ? {} : { head: this.#terms.term(head) };
      states.push(tail === undefined ? first : { ...first, tail: whole(tail) });
    }
    while (this.#is('pair')) {
      const [left, right] = this.#take('pair');
      pairs.push([numbers(left), numbers(right)]);
    }
    return { equation, states, pairs };
  }

  #fails(): Claim['answer'] {
    const [side] = this.#take('holds', 'fails');
    if (side !== 'left' && side !== 'right') throw new Unreadable('neither "left" nor "right"');
    const by = this.#is('word') ? { word: this.#word() } : { model: this.#model() };
    return { kind: 'fails', in: side, by };
  }

  #word(): Word {
    const [steps, tests] = this.#take('word');
    const answers = (all: unknown) => new Map(list(all).map((one) => answered(list(one))));
    return {
      steps: list(steps).map((step) => {
        const [before, letter] = list(step);
        return { tests: answers(before), letter: text(letter) };
      }),
      tests: answers(tests),
    };
  }

  #model(): PlainModel {
    const [states, letters, tests] = this.#take('word', 'model');
    const sorts = list(states).map(text);
    const state = (one: unknown) => {
      if (whole(one) >= sorts.length) throw new Unreadable(`there is no state ${one}`);
      return one as number;
    };
    const step = (one: unknown) => [state(list(one)[0]), state(list(one)[1])] as const;
    const named = <T>(all: unknown, of: (one: unknown) => T) =>
      new Map(list(all).map((one) => [text(list(one)[0]), list(list(one)[1]).map(of)] as const));
    return { states: sorts, letters: named(letters, step), tests: named(tests, state) };
  }
}

function answered([name, holds]: readonly unknown[]): readonly [string, boolean] {
  if (typeof holds !== 'boolean') throw new Unreadable('a test holds, true, or not, false');
  return [text(name), holds];
}
