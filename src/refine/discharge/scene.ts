/** The smallest state in which a claim fails, for people to see why an induction does not hold. */
import { show } from '../../explore/index.ts';
import { atMost, integer, type Pool, type Term } from '../../logic/index.ts';
import { isObject, lengthOf, type ObjectValue, type Value } from '../../symbolic/execute/index.ts';
import type { Class, Type, Variable } from '../../symbolic/ir.ts';
import type { Model } from '../obligations/model.ts';
import { all, modelOf, type Wanted, wanted, wantedObject } from '../refutation/concrete.ts';
import type { Claim } from './goal.ts';

/** What stood where when something had to hold. */
export interface Scene {
  /** Machines and the memory of the code, by what they are to the layer. */
  readonly objects: ReadonlyMap<string, ObjectValue>;
  readonly variables: ReadonlyMap<Variable, Value>;
  readonly types: ReadonlyMap<Variable, Type>;
}

/** How long the sequences of the states are that are tried, the smallest first. */
const sizes = [1, 2, 4] as const;

/** A state is a help, not a verdict: it is not worth a long wait. */
const effort = { resources: 1_000_000 } as const;

/** A line for each object and variable; none if the solver shows no small state. */
export async function failing(
  pool: Pool,
  model: Model,
  { given, goal }: Claim,
  scene: Scene,
): Promise<readonly string[]> {
  for (const size of sizes) {
    const parts = partsOf(model, scene, size);
    const short = parts.flatMap(({ sequences }) => sequences).map((s) => fits(s, size));
    const query = { name: 'a state in which it fails', given: [...given, ...short], goal };
    const found = await modelOf(pool, query, all(parts.map(({ wanted }) => wanted)), effort);
    if (typeof found === 'string') continue;
    const built = found.value as readonly unknown[];
    return parts.map(({ name }, i) => `${name}: ${show(built[i])}`);
  }
  return [];
}

interface Part {
  readonly name: string;
  readonly wanted: Wanted;
  readonly sequences: readonly Term[];
}

function partsOf(model: Model, scene: Scene, size: number): readonly Part[] {
  const objects = [...scene.objects].flatMap(([name, object]) => {
    const of = model.program.classes.get(object.class);
    return of ? [objectPart(name, of, object, size)] : [];
  });
  const variables = [...scene.variables].flatMap(([variable, value]) => {
    const type = scene.types.get(variable);
    const [name] = variable.split('#');
    if (!name || !type || isObject(value) || type.kind === 'object') return [];
    return [{ name, wanted: wanted(type, value, size), sequences: sequencesOf(type, value) }];
  });
  return [...objects.filter((part) => part.wanted.terms.length > 0), ...variables];
}

function objectPart(name: string, of: Class, object: ObjectValue, size: number): Part {
  const sequences = of.fields.flatMap(({ name: field, type }) => {
    const value = object.fields.get(field);
    return type && value ? sequencesOf(type, value) : [];
  });
  return { name: `${name} ${of.name}`, wanted: wantedObject(of, object, size), sequences };
}

function sequencesOf(type: Type, value: Term): readonly Term[] {
  return type.kind === 'array' || type.kind === 'bytes' ? [value] : [];
}

function fits(sequence: Term, size: number): Term {
  return atMost(lengthOf(sequence), integer(size));
}
