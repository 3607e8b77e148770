/** The parts of a layer as the obligations speak of them: states, steps, relations. */
import { integer, less, type Term } from '../../logic/index.ts';
import {
  constructed,
  enter,
  freshValue,
  functionOf,
  type Hooks,
  hook,
  inPlace,
  lengthOf,
  methodOf,
  type ObjectValue,
  type Outcome,
  type Run,
  type Scope,
  type State,
  smallMap,
  termOf,
  typed,
  Undecidable,
  type Value,
} from '../../symbolic/execute/index.ts';
import type {
  Function as Callable,
  Class,
  ClassKey,
  FunctionKey,
  LayerDeclaration,
  Program,
  Type,
} from '../../symbolic/ir.ts';

const hooks: readonly string[] = ['crash', 'fault'];

/** In which way its runs differ from those that a proof is about. */
type Variant = Pick<Run, 'marks' | 'heedless' | 'turns'>;

/** One layer of a program, and how small its states are taken to be, if they are. */
export class Model {
  readonly program: Program;
  readonly layer: LayerDeclaration;
  readonly bound: number | undefined;
  private readonly variant: Variant;
  readonly promise: Class;
  readonly code: Class;
  readonly lower: Class;

  constructor(program: Program, layer: LayerDeclaration, bound?: number, variant: Variant = {}) {
    this.program = program;
    this.layer = layer;
    this.bound = bound;
    this.variant = variant;
    this.promise = this.classOf(layer.promise);
    this.code = this.classOf(layer.code);
    this.lower = this.classOf(layer.on);
  }

  private classOf(key: ClassKey): Class {
    const found = this.program.classes.get(key);
    if (!found) throw new Error(`the program has no class ${key}`);
    return found;
  }

  /** The same with states that are small, and loops of so many turns. */
  small(bound: number, turns?: number): Model {
    const variant = turns === undefined ? this.variant : { ...this.variant, turns };
    return new Model(this.program, this.layer, bound, variant);
  }

  /** The operations that the layer promises, by name. */
  get operations(): readonly string[] {
    return this.promise.methods
      .filter((m) => m.visibility === 'public' && !m.static && !hooks.includes(m.name))
      .map((m) => m.name);
  }

  method(of: Class, name: string): Callable {
    const found = methodOf(this.program, of.key, name);
    if (!found)
      throw new Undecidable('subset', of.at, `${of.name} has no method ${name}`, `add ${name}()`);
    return found;
  }

  run(told: Hooks, angelic = false): Run {
    const { program, bound, variant } = this;
    return { program, hooks: told, angelic, ...(bound !== undefined && { bound }), ...variant };
  }

  scope(run: Run, state: State): Scope {
    return { run, state, self: undefined, guard: [], ghost: false, quantified: 0, calls: [] };
  }

  /**
   * A machine in a state of which nothing is known but its types. What is promised is an idea: its
   * sequences may be longer than any that a program can hold.
   */
  unknown(of: Class, role: 'promised' | 'found', state: State): ObjectValue {
    const fields = new Map<string, Term>();
    for (const { name, type } of of.fields)
      if (type)
        fields.set(name, this.unknownValue(`${role}_${name}`, type, state, role === 'promised'));
    return { kind: 'object', class: of.key, fields };
  }

  unknownValue(hint: string, type: Type, state: State, promised = false): Term {
    const small = this.bound !== undefined && type.kind === 'map';
    const value = small ? smallMap(hint, type, this.bound, state) : freshValue(hint, type);
    state.know(typed(type, value, promised));
    const sequence = type.kind === 'array' || type.kind === 'bytes';
    if (this.bound !== undefined && sequence)
      state.know(less(lengthOf(value), integer(this.bound + 1)));
    return value;
  }

  /** The memory of the code when it has just been constructed. */
  memory(state: State): ObjectValue {
    const scope = this.scope(this.run(silent), state);
    return constructed(this.code.key, [], scope).object;
  }

  /** The memory of the code between two operations: what never changes is as constructed. */
  unknownMemory(state: State): ObjectValue {
    const fields = new Map(this.memory(state).fields);
    for (const { name, type, mutable } of this.code.fields)
      if (type && (mutable || holdsElements(type)))
        fields.set(name, this.unknownValue(`code_${name}`, type, state));
    return { kind: 'object', class: this.code.key, fields };
  }

  /** A ghost function that says whether something holds of these. */
  holds(key: FunctionKey, of: readonly Value[], state: State, lower?: ObjectValue): Term {
    return termOf(this.ghost(key, of, state, lower));
  }

  ghost(key: FunctionKey, of: readonly Value[], state: State, lower?: ObjectValue): Value {
    const called = functionOf(this.program, key);
    const inner = state.fork();
    if (lower) inner.objects.set('lower', lower);
    const scope = { ...this.scope(this.run(silent), inner), ghost: true };
    const value = inPlace(called, of.slice(0, called.parameters.length), scope);
    state.facts = inner.facts;
    if (this.bound !== undefined) state.conditions = inner.conditions;
    return value;
  }

  /** R: the lower machine and the memory of the code stand for a state of the promise. */
  represents(promise: ObjectValue, lower: ObjectValue, code: ObjectValue, state: State): Term {
    return this.holds(this.layer.abstraction, [promise, lower, code], state, lower);
  }

  /** Runs a method of the code on the state's lower machine. */
  runCode(name: string, given: readonly Term[], state: State, told: Hooks): readonly Outcome[] {
    const scope = this.scope(this.run(told), state);
    return enter(this.method(this.code, name), given, 'code', scope);
  }

  /** What a power failure does to the lower machine, with the faults before and after. */
  powerLoss(state: State, told: Hooks): State {
    let after = state;
    for (const name of ['fault', 'crash', 'fault'] as const)
      after = hook(name, this.scope(this.run(told), after));
    return after;
  }

  /** Some state in which the lower machine may be found before its first use. */
  initialLower(state: State, told: Hooks): readonly Outcome[] {
    const initial = this.method(this.lower, 'initial');
    return enter(initial, [], undefined, this.scope(this.run(told), state));
  }
}

/** A sequence or map in a readonly field can still have its elements replaced. */
function holdsElements(type: Type): boolean {
  if (type.kind === 'union') return type.of.some(holdsElements);
  if (type.kind === 'record') return type.fields.some((f) => holdsElements(f.type));
  return type.kind === 'bytes' || ((type.kind === 'array' || type.kind === 'map') && type.mutable);
}

/** For what was already asked elsewhere. */
export const silent: Hooks = {
  oblige() {},
  crashPoint() {},
  assumeCrash() {},
  assumed() {},
};
