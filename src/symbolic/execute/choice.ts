/** Choices of machines: unknown constants within their limits. */
import {
  and,
  atMost,
  Bool,
  fresh,
  Int,
  integer,
  less,
  subtract,
  type Term,
} from '../../logic/index.ts';
import type { Statement, Type } from '../ir.ts';
import { term } from './expression.ts';
import { knowType, oblige, type Scope, Undecidable } from './run.ts';
import { elementType } from './sequence.ts';
import { BlockSort, typed } from './sorts.ts';
import type { Choice, Outcome } from './state.ts';
import { itemsOf, lengthOf, read, sequence, sequenceSort } from './value.ts';

type Choose = Statement & { kind: 'choose' };

const blocks: Type = { kind: 'array', element: { kind: 'block' }, mutable: true };

export function choice(statement: Choose, scope: Scope): readonly Outcome[] {
  const { state } = scope;
  const value = answer(statement, scope);
  state.variables.set(statement.variable, value);
  state.types.set(statement.variable, statement.type);
  return [{ kind: 'next', state }];
}

function answer(statement: Choose, scope: Scope): Term {
  const asked = statement.choice;
  const hint = statement.variable.split('#')[0] || 'any';
  switch (asked.kind) {
    case 'boolean':
      return record(statement, scope, { kind: 'boolean', constants: [fresh(hint, Bool)] });
    case 'block':
      return record(statement, scope, { kind: 'block', constants: [fresh(hint, BlockSort)] });
    case 'integer': {
      const low = term(asked.low, scope);
      const high = term(asked.high, scope);
      return integerBetween(low, high, 'integer', statement, scope);
    }
    case 'blocks':
      return anyBlocks(statement, scope);
    case 'element': {
      const options = term(asked.of, scope);
      const last = subtract(lengthOf(options), integer(1));
      const index = integerBetween(integer(0), last, 'element', statement, scope);
      const element = read(itemsOf(options), index);
      knowType(scope, typed(elementType(asked.of.type), element));
      return element;
    }
  }
}

function record(statement: Choose, scope: Scope, made: Omit<Choice, 'when' | 'at'>): Term {
  const { state } = scope;
  const when = and(...state.conditions);
  state.choices = [...state.choices, { ...made, when, at: statement.at }];
  return made.constants[0]!;
}

function integerBetween(
  low: Term,
  high: Term,
  kind: 'integer' | 'element',
  statement: Choose,
  scope: Scope,
): Term {
  oblige(scope, 'choice', statement.at, atMost(low, high));
  const chosen = fresh(statement.variable.split('#')[0] || 'any', Int);
  record(statement, scope, { kind, constants: [chosen], low, high });
  limit(scope, and(atMost(low, chosen), atMost(chosen, high)));
  return chosen;
}

function anyBlocks(statement: Choose, scope: Scope): Term {
  const sort = sequenceSort(blocks);
  const length = fresh('length', Int);
  const items = fresh('items', sort.constructors[0]!.fields[1]!.sort);
  const value = sequence(sort, length, items);
  record(statement, scope, { kind: 'blocks', constants: [length, items] });
  limit(scope, typed(blocks, value));
  const { bound } = scope.run;
  if (bound !== undefined) scope.state.know(less(length, integer(bound + 1)));
  return value;
}

/** What the answer to a choice must satisfy: given of the environment's, a condition of ours. */
function limit(scope: Scope, condition: Term): void {
  if (scope.run.angelic) scope.state.assume(condition);
  else scope.state.know(condition);
}

/** Choices cannot be told apart from turn to turn of a loop that stands for all its turns. */
export function refuseChoices(scope: Scope, statement: Statement): void {
  if (scope.run.angelic)
    throw new Undecidable(
      'subset',
      statement.at,
      'a promise makes a choice in or before a loop',
      'state the choice without a loop',
    );
}
