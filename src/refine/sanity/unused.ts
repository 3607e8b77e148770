/** Parts of a machine that nothing uses: a fault that is never attached looks like this. */
import type {
  Class,
  Expression,
  FunctionKey,
  Position,
  Program,
  Statement,
} from '../../symbolic/ir.ts';
import type { Model } from '../obligations/model.ts';

export interface Unused {
  readonly at: Position;
  readonly because: string;
  /** Whose part it is. */
  readonly blame: 'machine' | 'promise';
}

const entries: readonly string[] = ['crash', 'fault', 'initial'];

/** A private method that nothing calls. */
export function neverCalled(program: Program, model: Model): Unused | undefined {
  for (const { machine, target, visibility } of uncalled(program, model))
    if (visibility === 'private')
      return {
        at: target.at,
        because: `${target.name}() is called by nothing: a fault that is never attached?`,
        blame: machine === model.promise ? 'promise' : 'machine',
      };
  return undefined;
}

/**
 * A method of the machine below that takes nothing, gives nothing, changes the state, and that the
 * code never calls: it may be a fault that is never attached.
 */
export function neverAttached(program: Program, model: Model): Unused | undefined {
  const used = operationsUsed(program, model.code);
  for (const { machine, name, target } of uncalled(program, model)) {
    if (machine !== model.lower || used.has(name)) continue;
    const silent = target.parameters.length === 0 && target.returns.kind === 'undefined';
    if (silent && changesState(target.body))
      return {
        at: target.at,
        because: `nothing calls ${target.name}(): a fault must be called by fault() or crash()`,
        blame: 'machine',
      };
  }
  return undefined;
}

/** The methods of the machines that no function of the program calls. */
function* uncalled(program: Program, model: Model) {
  const called = calledIn(program);
  for (const machine of [model.lower, model.promise])
    for (const { name, function: key, visibility, static: alone } of machine.methods) {
      const target = program.functions.get(key);
      if (!target || alone || entries.includes(name) || called.has(key)) continue;
      yield { machine, name, visibility, target };
    }
}

function operationsUsed(program: Program, code: Class): ReadonlySet<string> {
  const used = new Set<string>();
  for (const target of program.functions.values()) {
    if (target.self !== code.key) continue;
    eachStatement(target.body, (s) => {
      if (s.kind === 'call' && s.callee.kind === 'lower') used.add(s.callee.operation);
    });
  }
  return used;
}

function changesState(body: readonly Statement[]): boolean {
  let changes = false;
  eachStatement(body, (s) => {
    const field = s.kind === 'assignElement' && s.place.kind === 'field';
    if (s.kind === 'assignField' || field) changes = true;
    if (s.kind === 'call' && s.callee.kind === 'method') changes = true;
  });
  return changes;
}

/** Every function that some function calls or invokes. */
function calledIn(program: Program): ReadonlySet<FunctionKey> {
  const called = new Set<FunctionKey>();
  for (const target of program.functions.values())
    eachStatement(target.body, (s) => {
      if (s.kind === 'call' && s.callee.kind !== 'lower') called.add(s.callee.function);
      for (const e of expressionsOf(s)) invoked(e, called);
    });
  return called;
}

function invoked(value: unknown, called: Set<FunctionKey>): void {
  if (Array.isArray(value)) for (const each of value) invoked(each, called);
  else if (typeof value === 'object' && value !== null) {
    const e = value as Partial<Expression & { kind: 'invoke' }>;
    if (e.kind === 'invoke' && e.function) called.add(e.function);
    for (const part of Object.values(value)) invoked(part, called);
  }
}

/** The parts of a statement that are not statements. */
function expressionsOf(s: Statement): readonly unknown[] {
  return Object.entries(s)
    .filter(([name]) => !['at', 'then', 'else', 'body', 'before', 'after'].includes(name))
    .map(([, value]) => value);
}

function eachStatement(body: readonly Statement[], visit: (s: Statement) => void): void {
  for (const s of body) {
    visit(s);
    for (const inner of innerOf(s)) eachStatement(inner, visit);
  }
}

function innerOf(s: Statement): readonly (readonly Statement[])[] {
  if (s.kind === 'if') return [s.then, s.else];
  if (s.kind === 'loop') return [s.before, s.body, s.after];
  if (s.kind === 'try') return [s.body, ...s.handlers.map((h) => h.body)];
  return [];
}
