/** What a piece of code may change: found by reading it, calls included. */
import type { ClassKey, FunctionKey, Program, Statement, Type, Variable } from '../ir.ts';
import { leaves, type Nesting } from './leaving.ts';

/** `whole`: any change; `elements`: only elements are replaced, the length stays. */
export type Extent = 'whole' | 'elements';

export interface Changes {
  readonly variables: Map<Variable, Extent>;
  /** The types of the values that variables are given. */
  readonly types: Map<Variable, Type[]>;
  /** Fields of the object whose method runs. */
  readonly self: Map<string, Extent>;
  /** Fields of the machine below. */
  readonly lower: Map<string, Extent>;
  /** Whether an operation of the machine below is called. */
  effects: boolean;
  choices: boolean;
}

function none(): Changes {
  return {
    variables: new Map(),
    types: new Map(),
    self: new Map(),
    lower: new Map(),
    effects: false,
    choices: false,
  };
}

/** What is looked at: the program, the machine below, and the functions that were seen already. */
interface Search {
  readonly program: Program;
  readonly lower: ClassKey | undefined;
  readonly seen: Set<FunctionKey>;
}

/** What statements may change. */
export function changesOf(
  statements: readonly Statement[],
  program: Program,
  lower: ClassKey | undefined,
): Changes {
  const changes = none();
  visitAll(statements, changes, { program, lower, seen: new Set() }, 'kept');
  return changes;
}

/** What the turns of a loop may have changed when its head is reached again. */
export function changesOfTurns(
  loop: Statement & { kind: 'loop' },
  program: Program,
  lower: ClassKey | undefined,
): Changes {
  const changes = none();
  const search = { program, lower, seen: new Set<FunctionKey>() };
  visitAll(loop.before, changes, search, 'turn');
  visitAll([...loop.body, ...loop.after], changes, search, 'turn');
  return changes;
}

/** Of statements that leave the loop for good only the choices count: a loop has none. */
function visitAll(
  statements: readonly Statement[],
  changes: Changes,
  search: Search,
  nesting: Nesting,
): void {
  const left = leaves(statements, nesting);
  const noted = left ? none() : changes;
  const seen = left ? { ...search, seen: new Set(search.seen) } : search;
  for (const statement of statements) visit(statement, noted, seen, nesting);
  changes.choices ||= noted.choices;
}

function note(map: Map<string, Extent>, name: string, extent: Extent): void {
  if (map.get(name) !== 'whole') map.set(name, extent);
}

function given(changes: Changes, variable: Variable, type: Type): void {
  note(changes.variables, variable, 'whole');
  changes.types.set(variable, [...(changes.types.get(variable) ?? []), type]);
}

function visit(statement: Statement, changes: Changes, search: Search, nesting: Nesting): void {
  const all = (list: readonly Statement[], at = nesting) => visitAll(list, changes, search, at);
  switch (statement.kind) {
    case 'assign':
      given(changes, statement.variable, statement.value.type);
      return;
    case 'choose':
      changes.choices = true;
      given(changes, statement.variable, statement.type);
      return;
    case 'pick':
      given(changes, statement.variable, statement.type);
      if (statement.value) given(changes, statement.value.variable, statement.value.type);
      return;
    case 'construct':
      given(changes, statement.variable, { kind: 'object', class: statement.class });
      return;
    case 'assignField':
      note(changes.self, statement.field, 'whole');
      return;
    case 'assignElement':
      if (statement.place.kind === 'variable')
        note(changes.variables, statement.place.variable, 'elements');
      else note(changes.self, statement.place.field, 'elements');
      return;
    case 'if':
      all(statement.then);
      all(statement.else);
      return;
    case 'loop': {
      const inner = nesting === 'turn' ? 'inner' : nesting;
      all(statement.before, inner);
      all(statement.body, inner);
      all(statement.after, inner);
      return;
    }
    case 'try':
      all(statement.body, 'kept');
      for (const handler of statement.handlers) all(handler.body);
      return;
    case 'call':
      if (statement.result) given(changes, statement.result.variable, statement.result.type);
      called(statement, changes, search);
      return;
    default:
      return;
  }
}

function called(
  statement: Statement & { kind: 'call' },
  changes: Changes,
  { program, lower, seen }: Search,
): void {
  const { callee } = statement;
  if (callee.kind === 'lower') {
    changes.effects = true;
    if (lower) for (const hook of ['fault', callee.operation]) below(hook, changes, program, lower);
    return;
  }
  if (seen.has(callee.function)) return;
  seen.add(callee.function);
  const target = program.functions.get(callee.function);
  if (!target) throw new Error(`the program has no function ${callee.function}`);
  const inner = changesOf(target.body, program, lower);
  if (callee.kind === 'method')
    for (const [name, extent] of inner.self) note(changes.self, name, extent);
  for (const [name, extent] of inner.lower) note(changes.lower, name, extent);
  changes.effects ||= inner.effects;
  changes.choices ||= inner.choices;
}

/** A method of the machine below changes its own fields. */
function below(name: string, changes: Changes, program: Program, lower: ClassKey): void {
  const method = program.classes.get(lower)?.methods.find((m) => m.name === name);
  const target = method && program.functions.get(method.function);
  if (!target) return;
  const inner = changesOf(target.body, program, undefined);
  for (const [field, extent] of inner.self) note(changes.lower, field, extent);
}
