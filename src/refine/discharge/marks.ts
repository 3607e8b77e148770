/**
 * Marks on what the user says, part by part, so that a claim can be traced to the part it is of.
 *
 * Where a part has a mark, its value is "the part, or its mark". A goal that is cut into claims is
 * then cut so that the mark of each stays with it; with all marks false, nothing has changed.
 * Marks stand only where making a part weaker makes the whole weaker.
 */
import { Bool, fresh, type Term } from '../../logic/index.ts';
import type {
  Expression,
  FunctionKey,
  LayerDeclaration,
  Program,
  Statement,
} from '../../symbolic/ir.ts';
import { expressionsOf, reachedBy } from '../../symbolic/reach.ts';
import { parts, within } from '../../symbolic/reader/order.ts';

export interface Mark {
  readonly term: Term;
  readonly expression: Expression;
  /** What this is a part of; a function may be called in several places. */
  readonly wholes: Set<Mark>;
  /** Only of a whole that is no part of another. */
  readonly role?: string;
}

export type Marks = ReadonlyMap<Expression, Mark>;

/** Marks for whatever is said of a layer. */
export function marksOf(program: Program, layer: LayerDeclaration): Marks {
  const reached = reachedBy(program, layer);
  const all = [...reached].flatMap((key) => expressionsIn(program, key));
  // A function that is also called where less would be more gets no marks of its own.
  const barred = new Set<FunctionKey>();
  for (;;) {
    const marks = new Marker(program, layer, barred).mark(reached);
    const before = barred.size;
    for (const e of all) if (e.kind === 'invoke' && !marks.has(e)) barred.add(e.function);
    if (barred.size === before) return marks;
  }
}

class Marker {
  private readonly marks = new Map<Expression, Mark>();
  private readonly program: Program;
  private readonly layer: LayerDeclaration;
  private readonly barred: ReadonlySet<FunctionKey>;

  constructor(program: Program, layer: LayerDeclaration, barred: ReadonlySet<FunctionKey>) {
    this.program = program;
    this.layer = layer;
    this.barred = barred;
  }

  mark(reached: ReadonlySet<FunctionKey>): Map<Expression, Mark> {
    const { abstraction, crash } = this.layer;
    this.function(abstraction, undefined, 'abstraction');
    for (const key of [crash.all, ...crash.by.values()])
      if (key !== undefined) this.function(key, undefined, 'crash invariant');
    for (const key of reached) {
      const called = this.program.functions.get(key);
      for (const e of called?.contract?.requires ?? []) this.root(e, 'precondition');
      for (const { holds } of called?.contract?.ensures ?? []) this.root(holds, 'postcondition');
      for (const statement of called?.body ?? []) this.statement(statement);
    }
    return this.marks;
  }

  private statement(statement: Statement): void {
    if (statement.kind === 'assert') this.root(statement.condition, 'assertion');
    if (statement.kind === 'requires') this.root(statement.condition, 'precondition');
    if (statement.kind === 'loop')
      for (const { holds, automatic } of statement.invariants)
        if (!automatic) this.root(holds, 'loop invariant');
    for (const inner of within(statement)) this.statement(inner);
  }

  private function(key: FunctionKey, whole: Mark | undefined, role: string): void {
    const called = this.program.functions.get(key);
    if (!called || called.contract || this.barred.has(key)) return;
    for (const value of returned(called.body)) {
      if (whole) this.part(value, whole);
      else this.root(value, role);
    }
  }

  private root(e: Expression, role: string): void {
    this.parts(e, this.made(e, undefined, role));
  }

  private made(e: Expression, whole: Mark | undefined, role?: string): Mark {
    const mark = this.marks.get(e) ?? {
      term: fresh('mark', Bool),
      expression: e,
      wholes: new Set(),
      ...(role !== undefined && { role }),
    };
    if (whole) mark.wholes.add(whole);
    this.marks.set(e, mark);
    return mark;
  }

  private part(e: Expression, whole: Mark): void {
    if (e.type.kind !== 'boolean') return;
    // A conjunction is its parts; that it is one says nothing more.
    const both = e.kind === 'apply' && e.function === 'and' && !this.marks.has(e);
    if (both) this.parts(e, whole);
    else this.parts(e, this.made(e, whole));
  }

  private parts(e: Expression, whole: Mark): void {
    if (e.kind === 'apply' && (e.function === 'and' || e.function === 'or'))
      for (const each of e.arguments) this.part(each, whole);
    else if (e.kind === 'apply' && e.function === 'implies') this.part(e.arguments[1]!, whole);
    else if (e.kind === 'conditional') for (const side of [e.then, e.else]) this.part(side, whole);
    else if (e.kind === 'quantified' && e.quantifier === 'forall') this.part(e.body, whole);
    else if (e.kind === 'everyKey') this.part(e.body, whole);
    else if (e.kind === 'invoke') this.function(e.function, whole, '');
  }
}

function returned(body: readonly Statement[]): readonly Expression[] {
  return body.flatMap((statement) =>
    statement.kind === 'return' && statement.value
      ? [statement.value]
      : returned(within(statement)),
  );
}

function expressionsIn(program: Program, key: FunctionKey): readonly Expression[] {
  const called = program.functions.get(key);
  const { contract } = called ?? {};
  const said = [...(contract?.requires ?? []), ...(contract?.ensures ?? []).map((e) => e.holds)];
  if (contract?.measure) said.push(contract.measure.value);
  return [...said, ...(called?.body ?? []).flatMap(inStatement)].flatMap(nested);
}

function inStatement(statement: Statement): readonly Expression[] {
  return [...expressionsOf(statement), ...within(statement).flatMap(inStatement)];
}

function nested(e: Expression): readonly Expression[] {
  return [e, ...parts(e).flatMap(nested)];
}
