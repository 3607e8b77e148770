/** The small world in which a layer is explored: which arguments and blocks there are. */
import { type Instance, isAsync, type Layer } from '../../explore/instance.ts';
import { type Block, blockOf } from '../../model/block.ts';
import { seal } from '../../model/seal.ts';
import { limitsOf, textOfNumber } from '../../symbolic/execute/index.ts';
import type { LayerDeclaration, Program, Type } from '../../symbolic/ir.ts';
import { asksOfSeals, reachedBy } from '../../symbolic/reach.ts';
import type { MapType } from '../../symbolic/type.ts';
import type { Bounds } from '../layer.ts';
import { Model } from '../obligations/model.ts';

const defaults = { length: 2, values: 2 } as const;

/**
 * Blocks that differ; the first is the block of zeros. Where it matters, two of three are sealed:
 * of these the first two, so that one can take the place of the other.
 */
export function someBlocks(values: number, seals = false): readonly Block[] {
  return Array.from({ length: values }, (_, i) => {
    const content = Uint8Array.of(i);
    return seals && i % 3 !== 0 ? seal(content) : blockOf(content);
  });
}

/** The instance of a layer that is explored within these bounds, tighter ones of its own first. */
export function instanceOf(
  program: Program,
  declaration: LayerDeclaration,
  layer: Layer & { readonly bounds?: Bounds },
  given: Bounds = {},
): Instance {
  const model = new Model(program, declaration);
  const length = given.length ?? layer.bounds?.length ?? defaults.length;
  const seals = asksOfSeals(program, reachedBy(program, declaration));
  const blocks = someBlocks(given.values ?? layer.bounds?.values ?? defaults.values, seals);
  const depth = given.operations ?? layer.bounds?.operations;
  const integers = [...(layer.bounds?.integers ?? []), ...(given.integers ?? [])].map(BigInt);
  const world: World = { length, blocks, integers };
  const operations = model.operations.map((name) => ({
    name,
    arguments: tuples(
      model.method(model.promise, name).parameters.map((p) => valuesOf(p.type, world)),
    ),
  }));
  return {
    layer,
    operations,
    blocks,
    length,
    ...(depth !== undefined && { depth }),
    async: isAsync(layer.code as { readonly prototype: unknown }),
    // Bytes are looked into, and some may be those of a block; a codec looks into blocks.
    symmetry: !mentionsBytes(program) && program.codecs.size === 0,
  };
}

function mentionsBytes({ classes, functions }: Program): boolean {
  const fields = [...classes.values()].flatMap((each) => each.fields.map(({ type }) => type));
  const others = [...functions.values()].flatMap(({ parameters, returns }) => [
    ...parameters.map(({ type }) => type),
    returns,
  ]);
  return [...fields, ...others].some((type) => type !== undefined && holdsBytes(type));
}

function holdsBytes(type: Type): boolean {
  switch (type.kind) {
    case 'bytes':
      return true;
    case 'array':
      return holdsBytes(type.element);
    case 'record':
      return type.fields.some((field) => holdsBytes(field.type));
    case 'union':
      return type.of.some(holdsBytes);
    default:
      return false;
  }
}

/** What there is to choose values from. */
export interface World {
  readonly length: number;
  readonly blocks: readonly Block[];
  readonly integers: readonly bigint[];
}

/** Every way to take one of each. */
export function tuples(options: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return options.reduce<readonly (readonly unknown[])[]>(
    (soFar, next) => soFar.flatMap((tuple) => next.map((value) => [...tuple, value])),
    [[]],
  );
}

/** The values that stand for all values of a type. */
export function valuesOf(type: Type, world: World): readonly unknown[] {
  const { length, blocks } = world;
  switch (type.kind) {
    case 'boolean':
      return [false, true];
    case 'integer':
      return integersOf(type, world);
    case 'block':
      return blocks;
    case 'bytes':
      return lists([0, 255], length).map((bytes) => Uint8Array.from(bytes as number[]));
    case 'string':
      // The shortest texts, as many as there are small numbers.
      return Array.from({ length: length + 1 }, (_, i) => textOfNumber(BigInt(i)));
    case 'map':
      return maps(type, world);
    case 'array':
      return lists(valuesOf(type.element, world), length);
    case 'record':
      return tuples(type.fields.map((f) => valuesOf(f.type, world))).map((tuple) =>
        Object.fromEntries(type.fields.map((f, i) => [f.name, tuple[i]])),
      );
    case 'literal':
      return [type.value];
    case 'null':
      return [null];
    case 'undefined':
      return [undefined];
    case 'union':
      return type.of.flatMap((t) => valuesOf(t, world));
    case 'object':
      throw new Error('the state of a machine is no argument');
  }
}

/** From just below the sensible to just above it, and the ones that were asked for. */
function integersOf(
  type: Type & { kind: 'integer' },
  { length, integers }: World,
): readonly unknown[] {
  const big = type.range === 'u64' || type.range === 'big';
  const form = (value: bigint) => (big ? value : Number(value));
  if (type.among) return type.among.map(form);
  const low = type.range === 'safe' || type.range === 'big' ? -1 : 0;
  const small = Array.from({ length: length + 1 - low }, (_, i) => BigInt(low + i));
  const fits = (value: bigint) => {
    if (type.range === 'big') return true;
    const [least, greatest] = limitsOf(type.range);
    return least <= value && value <= greatest;
  };
  return [...new Set([...small, ...integers.filter(fits)])].map(form);
}

function maps(type: MapType, world: World): readonly unknown[] {
  const { key, value } = type;
  const keys = valuesOf(key, world);
  if (!value) return lists(keys, world.length).map((list) => new Set(list));
  const entries = tuples([keys, valuesOf(value, world)]) as readonly (readonly [
    unknown,
    unknown,
  ])[];
  return lists(entries, world.length).map((list) => new Map(list as [unknown, unknown][]));
}

function lists(elements: readonly unknown[], length: number): readonly (readonly unknown[])[] {
  const all: (readonly unknown[])[] = [];
  for (let n = 0; n <= length; n++) all.push(...tuples(Array.from({ length: n }, () => elements)));
  return all;
}
