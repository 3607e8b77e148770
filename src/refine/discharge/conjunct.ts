/** Which part of what the user says a claim is of. */
import { no, not, print, substitute, type Term, yes } from '../../logic/index.ts';
import type { Conjunct } from '../../report/event.ts';
import { Undecidable } from '../../symbolic/execute/index.ts';
import { initialisation, restarts } from '../obligations/initialisation.ts';
import { Model } from '../obligations/model.ts';
import type { Collected, Obligation } from '../obligations/obligation.ts';
import { obligationsOf } from '../obligations/obligations.ts';
import type { Proving } from '../prove.ts';
import type { Settled } from './discharge.ts';
import { type Claim, pieces, split } from './goal.ts';
import { type Mark, marksOf } from './marks.ts';

/** The part, if it can be told; what is no part of what the user says has none. */
export function conjunctOf(
  proving: Told,
  settled: Pick<Settled, 'obligation' | 'claim'>,
): Conjunct | undefined {
  try {
    return traced(proving, settled);
  } catch (error) {
    // A weaker promise may be one that cannot be run on terms: then nothing can be told.
    if (error instanceof Undecidable) return undefined;
    throw error;
  }
}

type Told = Pick<Proving, 'program' | 'layer' | 'readSource'>;

function traced(
  { program, layer, readSource }: Told,
  { obligation, claim }: Pick<Settled, 'obligation' | 'claim'>,
): Conjunct | undefined {
  if (obligation.phase === 'codec') return undefined;
  const marks = [...marksOf(program, layer)];
  const model = new Model(program, layer, undefined, { marks: new Map(marks) });
  const stated = obligationsAgain(model, obligation.phase).filter((o) => isSame(o, obligation));
  const named = new Map(marks.map(([, mark]) => [mark.term, mark]));
  const found = new Tracer(named).trace(stated, claim);
  const part = found && innermost(found);
  if (!found || !part) return undefined;
  const { at } = part.expression;
  const text = textAt(readSource?.(at.file), at);
  const role = roleOf(part, found);
  return { at, ...(text !== undefined && { text }), ...(role !== undefined && { role }) };
}

function obligationsAgain(model: Model, phase: Obligation['phase']): readonly Obligation[] {
  if (phase !== 'initialisation') return obligationsOf(model).obligations;
  return restarts.flatMap((restart) => {
    const into: Collected = { obligations: [], assumptions: new Map() };
    initialisation(model, restart, into);
    return into.obligations;
  });
}

function isSame(a: Obligation, b: Obligation): boolean {
  if (a.phase !== b.phase || a.about !== b.about || a.kind !== b.kind) return false;
  const isThere = a.at.file === b.at.file && a.at.line === b.at.line;
  return a.text === b.text && isThere && a.at.column === b.at.column;
}

class Tracer {
  private readonly marks: ReadonlyMap<Term, Mark>;
  private readonly without: ReadonlyMap<Term, Term>;

  constructor(marks: ReadonlyMap<Term, Mark>) {
    this.marks = marks;
    this.without = new Map([...marks.keys()].map((term) => [term, no]));
  }

  /** The marks that come with this claim, where the obligations are cut. */
  trace(stated: readonly Obligation[], claim: Claim): ReadonlySet<Mark> | undefined {
    const sought = textOf(claim);
    for (const { given, goal } of stated) {
      const plain = this.stripped(given);
      for (const piece of pieces(plain, goal))
        for (const found of split(this.stripped(piece.given), this.strip(piece.goal)))
          if (textOf(found) === sought) return this.comingWith(piece);
    }
    return undefined;
  }

  private strip(term: Term): Term {
    return substitute(term, this.without);
  }

  private stripped(terms: readonly Term[]): readonly Term[] {
    return terms.map((term) => this.strip(term));
  }

  private comingWith({ given, goal }: Claim): ReadonlySet<Mark> {
    const found = new Set<Mark>();
    const note = (term: Term) => {
      const mark = this.marks.get(term);
      if (mark) found.add(mark);
    };
    for (const fact of given) note(not(fact));
    const seen = new Set<Term>();
    const walk = (term: Term) => {
      if (seen.has(term)) return;
      seen.add(term);
      note(term);
      if (['and', 'or', 'ite', 'forall', 'exists'].includes(term.operator))
        for (const part of term.parts) walk(part);
    };
    walk(goal);
    return found;
  }
}

/** The same for the same claim, whatever its constants are called. */
function textOf({ given, goal }: Claim): string {
  return print({ name: 'claim', given: distinct(given), goal }).text;
}

function distinct(facts: readonly Term[]): readonly Term[] {
  return [...new Set(facts)].filter((fact) => fact !== yes);
}

/** What a mark is a part of, and it itself. */
function around(mark: Mark, found = new Set<Mark>()): ReadonlySet<Mark> {
  if (found.has(mark)) return found;
  found.add(mark);
  for (const whole of mark.wholes) around(whole, found);
  return found;
}

/** The smallest part that all the marks belong to. */
function innermost(found: ReadonlySet<Mark>): Mark | undefined {
  const lowest = bottom([...found]);
  let common = [...found].filter((mark) => lowest.every((each) => around(each).has(mark)));
  while (common.length > 0) {
    const low = bottom(common);
    if (low.length === 1) return low[0];
    common = common.filter((mark) => !low.includes(mark));
  }
  return undefined;
}

/** Those that are around no other one. */
function bottom(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter((mark) => !marks.some((each) => each !== mark && around(each).has(mark)));
}

/** What the part is a part of, as users call it. */
function roleOf(part: Mark, found: ReadonlySet<Mark>): string | undefined {
  const wholes = [...around(part)].filter((mark) => found.has(mark));
  const roots = wholes.filter((mark) => mark.role !== undefined);
  const outer = roots.filter((mark) => roots.every((each) => around(each).has(mark)));
  return outer[0]?.role;
}

function textAt(source: string | undefined, at: Mark['expression']['at']): string | undefined {
  if (source === undefined) return undefined;
  const lines = source.split('\n').slice(at.line - 1, at.endLine);
  const last = lines.length - 1;
  if (last !== at.endLine - at.line) return undefined;
  lines[last] = lines[last]!.slice(0, at.endColumn - 1);
  lines[0] = lines[0]!.slice(at.column - 1);
  return lines.join('\n').replaceAll(/\s+/g, ' ').trim();
}
