/** One path of a symbolic run: where it stands and what is known. */
import { and, implies, or, type Term } from '../../logic/index.ts';
import type { ClassKey, Position, Type, Variable } from '../ir.ts';
import type { MapType } from '../type.ts';
import { chooseObject, chooseValue, type ObjectValue, type Value } from './value.ts';

/** Which object a method runs on: the implementation, the machine below, or another by name. */
export type Role = string;

/** An operation of the lower machine that was done. */
export interface Effect {
  readonly operation: string;
  readonly arguments: readonly Term[];
  readonly at: Position;
  /** How many choices had been made before it. */
  readonly choices: number;
}

/** A choice that was made: unknown constants, and when it is made at all. */
export interface Choice {
  readonly constants: readonly Term[];
  readonly kind: 'boolean' | 'integer' | 'block' | 'blocks' | 'element';
  /** For integers and elements: the least and greatest answer. */
  readonly low?: Term;
  readonly high?: Term;
  readonly when: Term;
  readonly at: Position;
}

/** A key of a map that had not been visited. */
export interface Pick {
  readonly key: Term;
  readonly type: MapType;
  readonly of: Term;
  readonly except: Term;
}

export class State {
  variables = new Map<Variable, Value>();
  types = new Map<Variable, Type>();
  objects = new Map<Role, ObjectValue>();
  /** What led here: branches taken, obligations met, limits of choices. */
  conditions: readonly Term[] = [];
  /** What is true of any run: the types of unknown values. */
  facts: readonly Term[] = [];
  effects: readonly Effect[] = [];
  choices: readonly Choice[] = [];
  /** Keys that loops over maps have come to: in which order is not known. */
  picks: readonly Pick[] = [];
  /** Loops whose turns are not in `effects`. */
  loops = 0;

  fork(): State {
    const copy = new State();
    copy.variables = new Map(this.variables);
    copy.types = new Map(this.types);
    copy.objects = new Map(this.objects);
    copy.conditions = this.conditions;
    copy.facts = this.facts;
    copy.effects = this.effects;
    copy.choices = this.choices;
    copy.picks = this.picks;
    copy.loops = this.loops;
    return copy;
  }

  assume(condition: Term): void {
    if (!this.conditions.includes(condition)) this.conditions = [...this.conditions, condition];
  }

  know(fact: Term): void {
    if (!this.facts.includes(fact)) this.facts = [...this.facts, fact];
  }

  /** Everything that may be used to show something here. */
  given(): readonly Term[] {
    return [...this.facts, ...this.conditions];
  }
}

export type Outcome =
  | { readonly kind: 'next' | 'break' | 'continue'; readonly state: State }
  | { readonly kind: 'return'; readonly state: State; readonly value: Value | undefined }
  | {
      readonly kind: 'throw';
      readonly state: State;
      readonly error: ClassKey;
      readonly at: Position;
    };

/** What was added to `longer` after it was equal to `shorter`. */
function added<T>(shorter: readonly T[], longer: readonly T[]): readonly T[] {
  return longer.slice(shorter.length);
}

/**
 * Several paths that left one state, as a single path: each value becomes a choice between the
 * paths' values. Exactly one path's conditions hold in any run.
 */
export function merge(
  from: State,
  paths: readonly { state: State; value?: Value | undefined }[],
): {
  state: State;
  value: Value | undefined;
} {
  const [first] = paths;
  if (!first) throw new Error('no paths to merge');
  if (paths.length === 1) return { state: first.state, value: first.value };
  const reasons = paths.map((p) => and(...added(from.conditions, p.state.conditions)));
  const merged = first.state.fork();
  merged.conditions = [...from.conditions];
  merged.assume(or(...reasons));
  merged.facts = [...from.facts];
  merged.choices = [...from.choices];
  merged.picks = [...from.picks];
  paths.forEach(({ state }, i) => {
    for (const fact of added(from.facts, state.facts)) merged.know(implies(reasons[i]!, fact));
    const fresh = state.choices.filter((choice) => !merged.choices.includes(choice));
    merged.choices = [...merged.choices, ...fresh];
    const picks = state.picks.filter((pick) => !merged.picks.includes(pick));
    merged.picks = [...merged.picks, ...picks];
  });
  const last = paths.length - 1;
  merged.variables = new Map();
  for (const name of first.state.variables.keys()) {
    const values = paths.map((p) => p.state.variables.get(name));
    if (values.every((v) => v !== undefined)) merged.variables.set(name, fold(reasons, values));
  }
  merged.objects = new Map();
  for (const role of first.state.objects.keys()) {
    let object = paths[last]!.state.objects.get(role);
    for (let i = last - 1; i >= 0 && object; i--) {
      const other = paths[i]!.state.objects.get(role);
      object = other && chooseObject(reasons[i]!, other, object);
    }
    if (object) merged.objects.set(role, object);
  }
  const values = paths.map((p) => p.value);
  const value = values.every((v) => v !== undefined) ? fold(reasons, values) : undefined;
  return { state: merged, value };
}

function fold(reasons: readonly Term[], values: readonly Value[]): Value {
  let value = values.at(-1)!;
  for (let i = values.length - 2; i >= 0; i--) value = chooseValue(reasons[i]!, values[i]!, value);
  return value;
}
