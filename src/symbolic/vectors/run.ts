/**
 * Runs functions of the subset on bit-vectors: paths become choices between values, and loops,
 * whose number of turns must be known, are run turn by turn.
 */
import { and, no, not, or, type Term, yes } from '../../logic/index.ts';
import type { Function as Callable, Position, Program, Statement, Variable } from '../ir.ts';
import { booleanOf, evaluate, integerOf } from './evaluate.ts';
import { putElement } from './list.ts';
import { put } from './rules.ts';
import { choose, Inexpressible, type Value } from './value.ts';

/** Something that must hold wherever the run comes to it. */
export interface Duty {
  readonly at: Position;
  readonly text: string;
  readonly given: Term;
  readonly goal: Term;
}

/** Where an expression is evaluated. */
export interface Frame {
  readonly program: Program;
  readonly duties: Duty[];
  readonly variables: Map<Variable, Value>;
  /** What holds here. */
  readonly given: Term;
  readonly depth: number;
}

const deepest = 50;
const mostTurns = 4_096;

export function owe(frame: Frame, at: Position, text: string, goal: Term): void {
  if (goal !== yes && frame.given !== no) frame.duties.push({ at, text, given: frame.given, goal });
}

/** How a list of statements ends: it goes on with these variables, or it has returned. */
interface End {
  /** When it goes on. */
  readonly given: Term;
  readonly variables: Map<Variable, Value>;
  readonly returned: readonly { readonly when: Term; readonly value: Value }[];
}

/** The value of a function for these arguments. */
export function callFunction(
  called: Callable,
  given: readonly Value[],
  frame: Pick<Frame, 'program' | 'duties' | 'given' | 'depth'>,
): Value {
  if (frame.depth > deepest)
    throw new Inexpressible(called.at, `${called.name} calls itself`, 'a loop');
  const variables = new Map(called.parameters.map((p, i) => [p.variable, given[i]!]));
  const inner: Frame = { ...frame, variables, depth: frame.depth + 1 };
  for (const required of called.contract?.requires ?? [])
    owe(inner, called.at, 'what it requires holds', booleanOf(required, inner));
  const { returned, given: left } = execute(called.body, inner);
  const [last, ...others] = [...returned].reverse();
  if (!last) throw new Inexpressible(called.at, `${called.name} returns nothing`, 'a value');
  const end = { ...inner, given: left };
  const { returns } = called;
  const quiet = returns.kind === 'union' && returns.of.some((t) => t.kind === 'undefined');
  if (!quiet) owe(end, called.at, 'the function ends with a return', no);
  else if (left !== no)
    throw new Inexpressible(called.at, 'a function ends without a value', 'return null');
  return others.reduce((value, each) => choose(each.when, each.value, value), last.value);
}

function execute(statements: readonly Statement[], frame: Frame): End {
  let { given, variables } = frame;
  const returned: End['returned'][number][] = [];
  for (const statement of statements) {
    if (given === no) break;
    const end = step(statement, { ...frame, given, variables });
    ({ given, variables } = end);
    returned.push(...end.returned);
  }
  return { given, variables, returned };
}

function step(statement: Statement, frame: Frame): End {
  const { given, variables } = frame;
  const next: End = { given, variables, returned: [] };
  switch (statement.kind) {
    case 'assign':
      variables.set(statement.variable, evaluate(statement.value, frame));
      return next;
    case 'assignElement': {
      if (statement.place.kind === 'field') break;
      const { variable } = statement.place;
      const whole = variables.get(variable);
      const index = integerOf(statement.index, frame);
      if (whole?.kind === 'list') {
        const value = evaluate(statement.value, frame);
        variables.set(variable, putElement(whole, index, value, statement.at, frame));
        return next;
      }
      if (whole?.kind !== 'bytes') break;
      const value = integerOf(statement.value, frame);
      variables.set(variable, put(whole, index, value, statement.at, frame));
      return next;
    }
    case 'call':
      return called(statement, frame);
    case 'if':
      return branch(statement, frame);
    case 'loop':
      return loop(statement, frame);
    case 'return': {
      const value = statement.value && evaluate(statement.value, frame);
      if (!value) break;
      return { given: no, variables, returned: [{ when: given, value }] };
    }
    case 'throw':
      owe(frame, statement.at, 'no error is thrown', no);
      return { ...next, given: no };
    case 'assert':
    case 'requires': {
      const holds = booleanOf(statement.condition, frame);
      owe(frame, statement.at, `${statement.kind}: ${statement.text}`, holds);
      return { ...next, given: and(given, holds) };
    }
    case 'use':
      return next;
    default:
  }
  throw new Inexpressible(
    statement.at,
    `a codec has no ${statement.kind} statement of this kind`,
    'arithmetic, bytes, if, and loops with a constant number of turns',
  );
}

function called(statement: Statement & { kind: 'call' }, frame: Frame): End {
  const { callee, at, result } = statement;
  const found = callee.kind === 'function' && frame.program.functions.get(callee.function);
  if (!found || !result)
    throw new Inexpressible(at, 'a codec calls functions that return a value', 'such a function');
  const given = statement.arguments.map((a) => evaluate(a, frame));
  frame.variables.set(result.variable, callFunction(found, given, frame));
  return { given: frame.given, variables: frame.variables, returned: [] };
}

function branch(statement: Statement & { kind: 'if' }, frame: Frame): End {
  const condition = booleanOf(statement.condition, frame);
  const side = (of: readonly Statement[], holds: Term): End =>
    execute(of, {
      ...frame,
      given: and(frame.given, holds),
      variables: new Map(frame.variables),
    });
  if (condition === yes) return side(statement.then, yes);
  if (condition === no) return side(statement.else, yes);
  const a = side(statement.then, condition);
  const b = side(statement.else, not(condition));
  const returned = [...a.returned, ...b.returned];
  if (a.given === no) return { ...b, returned };
  if (b.given === no) return { ...a, returned };
  const variables = new Map<Variable, Value>();
  for (const [name, value] of a.variables) {
    const other = b.variables.get(name);
    if (other) variables.set(name, choose(condition, value, other));
  }
  return { given: or(a.given, b.given), variables, returned };
}

function loop(statement: Statement & { kind: 'loop' }, frame: Frame): End {
  let { given, variables } = frame;
  const returned: End['returned'][number][] = [];
  const go = (of: readonly Statement[]) => {
    const end = execute(of, { ...frame, given, variables });
    ({ given, variables } = end);
    returned.push(...end.returned);
  };
  for (let turn = 0; turn <= mostTurns; turn++) {
    go(statement.before);
    const condition = booleanOf(statement.condition, { ...frame, given, variables });
    if (condition === no || given === no) return { given, variables, returned };
    if (condition !== yes) break;
    go(statement.body);
    go(statement.after);
  }
  throw new Inexpressible(
    statement.at,
    'a codec has loops with a constant number of turns, and this has another',
    'for (let i = 0; i < 8; i++)',
  );
}
