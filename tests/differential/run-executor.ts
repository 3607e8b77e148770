/**
 * A trace of a program run by the symbolic executor, with constants as its inputs and the choices
 * of the machine below answered afterwards: of all paths exactly one is then possible.
 */
import {
  constant,
  integer,
  store,
  type Term,
  boolean as truth,
  yes,
} from '../../src/logic/index.ts';
import {
  enter,
  functionOf as executed,
  type ObjectValue as Fields,
  type Hooks,
  type Outcome,
  State,
  sortName,
} from '../../src/symbolic/execute/index.ts';
import * as maps from '../../src/symbolic/execute/map.ts';
import { sequenceItems } from '../../src/symbolic/execute/sequence.ts';
import { alternatives, BlockSort, zeroBlockTerm } from '../../src/symbolic/execute/sorts.ts';
import { textOfNumber, textTerm } from '../../src/symbolic/execute/text.ts';
import * as terms from '../../src/symbolic/execute/value.ts';
import {
  BlockValue,
  conforms,
  isArray,
  isBytes,
  isRecord,
  MapValue,
  ObjectValue,
  record,
  show,
  type Value,
} from '../../src/symbolic/interpreter/value.ts';
import type { Class, Position, Type } from '../../src/symbolic/ir.ts';
import type { MapType } from '../../src/symbolic/type.ts';
import { type Entry, functionOf, type Input, typedFields } from './input.ts';
import { answerChoices, Model, Unknown } from './model.ts';
import { Random } from './random.ts';
import { effectText, type Trace } from './trace.ts';

/** More turns, and longer sequences, than any of the programs make: some double a list often. */
const bound = 100;
const byte: Type = { kind: 'integer', range: 'u8' };
const otherBlock = constant('block_01', BlockSort);
const blocks = [zeroBlockTerm, otherBlock];

/** A value as a term. */
function toTerm(value: Value, type: Type): Term {
  if (type.kind === 'union') {
    const alternative = type.of.find((each) => conforms(value, each))!;
    return terms.inject(type, alternative, toTerm(value, alternative));
  }
  if (typeof value === 'boolean' && type.kind === 'boolean') return truth(value);
  if (typeof value === 'bigint') return integer(value);
  if (typeof value === 'string' && type.kind === 'string') return textTerm(value);
  if (value instanceof MapValue && type.kind === 'map') return mapTerm(value, type);
  if (value instanceof BlockValue) return value.name === '' ? zeroBlockTerm : otherBlock;
  if (isArray(value) && type.kind === 'array')
    return sequence(
      type,
      value.map((element) => toTerm(element, type.element)),
    );
  if (isBytes(value))
    return sequence(
      type,
      [...value].map((each) => integer(each)),
    );
  if (isRecord(value) && type.kind === 'record')
    return terms.makeRecord(
      type,
      type.fields.map((f) => toTerm(value[f.name], f.type)),
    );
  return terms.unit(type);
}

function mapTerm(map: MapValue, type: MapType): Term {
  const entry = (value: Value) =>
    type.value ? maps.present(type, toTerm(value, type.value)) : maps.present(type, yes);
  const empty = maps.noEntries(type);
  const entries = map
    .all()
    .reduce((all, [key, value]) => store(all, toTerm(key, type.key), entry(value)), empty);
  return maps.makeMap(type, integer(map.size), entries);
}

function mapOf(term: Term, type: MapType, model: Model): Value {
  const entries = maps.entriesOf(term);
  const there = model
    .listed(entries)
    .filter((key) => model.isTrue(maps.isPresent(type, terms.read(entries, key))));
  const all = there.map((key): readonly [Value, Value] => {
    const name = fromTerm(key, type.key, model);
    if (!type.value) return [name, name];
    return [name, fromTerm(maps.valueIn(terms.read(entries, key)), type.value, model)];
  });
  if (Number(model.integer(maps.sizeOf(term))) !== new MapValue(all).size)
    throw new Unknown('the size is not that of the entries');
  return new MapValue(all);
}

function sequence(type: Type, elements: readonly Term[]): Term {
  const items = sequenceItems(type, elements);
  return terms.sequence(terms.sequenceSort(type), integer(elements.length), items);
}

/** The value of a term of a type. */
function fromTerm(term: Term, type: Type, model: Model): Value {
  switch (type.kind) {
    case 'boolean':
    case 'integer':
      return model.value(term) as boolean | bigint;
    case 'block': {
      const block = model.value(term);
      return new BlockValue(block === zeroBlockTerm ? '' : block === otherBlock ? '01' : '?');
    }
    case 'string':
      return textOfNumber(model.integer(term));
    case 'map':
      return mapOf(term, type, model);
    case 'bytes':
      return Uint8Array.from(elementsOf(term, byte, model), Number);
    case 'array':
      return elementsOf(term, type.element, model);
    case 'record':
      return record(
        type.fields.map((f) => [
          f.name,
          fromTerm(terms.recordField(type, f.name, term), f.type, model),
        ]),
      );
    case 'union': {
      const is = (each: Type) => model.isTrue(terms.isAlternative(type, each, term));
      const alternative = alternatives(type).find(is);
      if (!alternative) throw new Unknown(`none of the alternatives of ${sortName(type)}`);
      return fromTerm(terms.project(type, alternative, term), alternative, model);
    }
    case 'literal':
      return type.value;
    case 'null':
      return null;
    default:
      return undefined;
  }
}

function elementsOf(term: Term, type: Type, model: Model): readonly Value[] {
  const length = Number(model.integer(terms.lengthOf(term)));
  return Array.from({ length }, (_, i) =>
    fromTerm(terms.read(terms.itemsOf(term), integer(i)), type, model),
  );
}

export function toFields(object: ObjectValue, of: Class): Fields {
  const fields = typedFields(of).map(
    ({ name, type }) => [name, toTerm(object.fields.get(name), type)] as const,
  );
  return { kind: 'object', class: of.key, fields: new Map(fields) };
}

function textOf(fields: Fields, of: Class, model: Model): string {
  const values = typedFields(of).map(
    ({ name, type }) => [name, fromTerm(fields.fields.get(name)!, type, model)] as const,
  );
  return show(new ObjectValue(of.key, values));
}

/** Something that the executor said on its way, and where it stood. */
interface Note {
  readonly kind: string;
  readonly at: Position;
  readonly state: State;
  /** For an obligation, and for an assumption. */
  readonly goal?: Term;
}

export function runExecutor(entry: Entry, input: Input): Trace {
  const notes: Note[] = [];
  const outcomes = execute(entry, input, notes);
  const possible = outcomes.flatMap((outcome) => {
    const model = modelOf(outcome.state, input);
    return model && holds(model, outcome.state.conditions) ? [{ outcome, model }] : [];
  });
  if (possible.length > 1) return ended(`${possible.length} paths are possible`);
  const [only] = possible;
  return only
    ? pathTrace(entry, input, only.outcome, only.model, notes)
    : brokenTrace(entry, input, notes);
}

export function hooksFor(notes: Note[]): Hooks {
  const note = (kind: string, at: Position, of: State, goal?: Term) =>
    void notes.push({ kind, at, state: of.fork(), ...(goal ? { goal } : {}) });
  return {
    oblige: (kind, at, of, goal) => note(kind, at, of, goal),
    crashPoint: (of, at) => note('crash', at, of),
    assumeCrash: () => {},
    assumed: (at, _because, of, condition) => note('assumed', at, of, condition),
  };
}

function execute(entry: Entry, input: Input, notes: Note[]): readonly Outcome[] {
  const state = new State();
  state.objects.set('code', toFields(input.self, entry.code));
  state.objects.set('lower', toFields(input.lower, entry.lower));
  const hooks = hooksFor(notes);
  const called = executed(entry.program, functionOf(entry).key);
  const given = called.parameters.map(({ type }, i) => toTerm(input.given[i], type));
  return enter(called, given, 'code', {
    run: { program: entry.program, hooks, bound, angelic: false },
    state,
    self: 'code',
    guard: [],
    ghost: false,
    quantified: 0,
    calls: [],
  });
}

/** Absent if the choices of the path cannot be answered: then it is not the one. */
function modelOf(state: State, input: Input): Model | undefined {
  const model = new Model(state.facts, state.picks);
  try {
    answerChoices(model, state.choices, new Random(input.picks), blocks, 2);
    return model;
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

function holds(model: Model, conditions: readonly Term[]): boolean {
  try {
    return conditions.every((condition) => model.isTrue(condition));
  } catch (error) {
    if (error instanceof Unknown) return false;
    throw error;
  }
}

function isFalse(model: Model, fact: Term): boolean {
  try {
    return !model.isTrue(fact);
  } catch (error) {
    if (error instanceof Unknown) return false;
    throw error;
  }
}

function ended(outcome: string, line?: number): Trace {
  return { outcome, line, effects: [], lower: '', fields: '' };
}

function pathTrace(
  entry: Entry,
  input: Input,
  outcome: Outcome,
  model: Model,
  notes: readonly Note[],
): Trace {
  const { state } = outcome;
  // What the executor takes for true of any run must be true of this one.
  const untrue = state.facts.filter((fact) => isFalse(model, fact));
  if (untrue.length > 0) return ended(`${untrue.length} of ${state.facts.length} facts are false`);
  return {
    outcome: outcomeText(entry, outcome, model),
    line: undefined,
    effects: effectsOf(entry, input, state, model, notes),
    lower: textOf(state.objects.get('lower')!, entry.lower, model),
    fields: textOf(state.objects.get('code')!, entry.code, model),
  };
}

function outcomeText(entry: Entry, outcome: Outcome, model: Model): string {
  if (outcome.kind === 'throw') return `threw ${outcome.error.replace(/^.*#/, '')}`;
  if (outcome.kind !== 'return') return outcome.kind;
  if (!outcome.value) return 'returned undefined';
  const { returns } = functionOf(entry);
  return `returned ${show(fromTerm(terms.termOf(outcome.value), returns, model))}`;
}

/** The effects of a path, each with the machine below as it was at the crash point before it. */
function effectsOf(
  entry: Entry,
  input: Input,
  state: State,
  model: Model,
  notes: readonly Note[],
): readonly string[] {
  const points = notes.filter((note) => note.kind === 'crash' && happens(note, input));
  return state.effects.map(({ operation, arguments: given }, i) => {
    const key = entry.lower.methods.find((m) => m.name === operation)?.function;
    const types = entry.program.functions.get(key ?? '')?.parameters ?? [];
    const values = given.map((term, j) => fromTerm(term, types[j]!.type, model));
    const lower = points[i]?.state.objects.get('lower');
    return effectText(
      operation,
      values,
      lower ? textOf(lower, entry.lower, model) : 'no crash point',
    );
  });
}

function happens(note: Note, input: Input): boolean {
  const model = modelOf(note.state, input);
  return model !== undefined && holds(model, note.state.conditions);
}

/** No path is possible: an obligation that is not met, or an assumption that is false. */
function brokenTrace(entry: Entry, input: Input, notes: readonly Note[]): Trace {
  const { file } = functionOf(entry).at;
  for (const note of notes) {
    const { state, goal, at, kind } = note;
    const line = at.file === file ? at.line : undefined;
    const model = modelOf(state, input);
    if (!model) continue;
    if (!goal || holds(model, [goal])) continue;
    // What was assumed is one of the conditions already.
    const others = state.conditions.filter((condition) => condition !== goal);
    if (holds(model, kind === 'assumed' ? others : state.conditions))
      return ended(`outside: ${kind}`, line);
  }
  return ended('no path is possible');
}
