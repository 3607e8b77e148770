/**
 * Layers put together: one on top of another, or two side by side.
 *
 * What is made here is code that runs. That it keeps its promise follows from the proofs of its
 * layers by a theorem, which `plimsoll prove` cites: docs/decisions/0009-stacks.md.
 */
import { isAsync } from '../model/lock.ts';
import type { Operations } from '../model/machine.ts';
import type { Bounds, Life, MachineClass, Refinement } from './layer.ts';

/** A layer, or a stack of some. */
export type Layered<P, L> = Pick<Refinement<P, L, Life>, 'promise' | 'code' | 'on' | 'bounds'>;

/** A layer below: its promise has the operations of M. That it is M is checked by `prove`. */
export interface Below<M, L> extends Omit<Layered<unknown, L>, 'promise' | 'code'> {
  readonly promise: MachineClass<Operations<M>>;
  readonly code: new (
    // biome-ignore lint/suspicious/noExplicitAny: Operations<L> or AsyncOperations<L>
    lower: any,
  ) => Life;
}

/** What a stack is beside a layer: whoever looks into it finds its parts. */
export interface Stack<P, L> extends Layered<P, L> {
  readonly parts: readonly [AnyPart, AnyPart];
  /** What code says of a machine between two layers cannot be checked when the stack is run. */
  readonly unchecked: true;
  /** Whether the code at the bottom is one that does not await. */
  readonly atOnce: boolean;
}

/** Which recovery runs first. Only the lower one's can: the other runs on what it brings back. */
export type RecoveryOrder = 'lower first' | 'upper first';

export interface StackOptions {
  readonly recover?: RecoveryOrder;
  /** The instance that is explored; left out, the bounds of the layers, the larger ones. */
  readonly bounds?: Bounds;
}

/** Two machines side by side: the operations of each, by the side it is on. */
export type Beside<A, B> = {
  readonly [K in keyof Operations<A> as `left.${K & string}`]: Operations<A>[K];
} & {
  readonly [K in keyof Operations<B> as `right.${K & string}`]: Operations<B>[K];
};

type Code = Life & Record<string, (...given: readonly unknown[]) => unknown>;
type CodeClass = new (lower: never) => Code;
type Machine = Record<string, unknown> & { fault?(): void; crash?(): void };
type Method = (...given: readonly unknown[]) => unknown;

/** A layer or a stack of any machines. */
export interface AnyPart {
  readonly promise: { readonly prototype: unknown; readonly name: string };
  readonly code: { readonly prototype: unknown; readonly name: string };
  readonly on: { readonly prototype: unknown; readonly name: string };
  readonly bounds?: Bounds;
  readonly parts?: readonly [AnyPart, AnyPart];
  readonly atOnce?: boolean;
}

/** Thrown where code would run on another machine than it is written for. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** `upper` on the machine that `lower` promises: a layer on the machine of `lower`. */
export function compose<P, M, L>(
  lower: Below<M, L>,
  upper: Layered<P, M>,
  options: StackOptions = {},
): Stack<P, L> {
  if (!sameMachine(lower.promise, upper.on))
    throw new Misfit(
      `the lower layer promises ${lower.promise.name}, the upper one runs on ${upper.on.name}; ` +
        'plimsoll prove says more',
    );
  const code = stacked(lower, upper, options.recover ?? 'lower first');
  return made<P, L>(upper.promise, code, lower.on, [lower, upper], options);
}

/** Two layers that know nothing of each other, as one: power is lost to both at once. */
export function beside<P, L, Q, M>(
  left: Layered<P, L>,
  right: Layered<Q, M>,
  options: Pick<StackOptions, 'bounds'> = {},
): Stack<Beside<P, Q>, Beside<L, M>> {
  const promise = machines(left.promise, right.promise);
  const on = machines(left.on, right.on);
  return made(promise as never, sideBySide(left, right), on as never, [left, right], options);
}

function made<P, L>(
  promise: MachineClass<P>,
  code: CodeClass,
  on: MachineClass<L>,
  parts: readonly [AnyPart, AnyPart],
  options: StackOptions,
): Stack<P, L> {
  return {
    promise,
    code: code as unknown as Stack<P, L>['code'],
    on,
    bounds: { ...widest(parts), ...options.bounds },
    parts,
    unchecked: true,
    atOnce: parts.some((part) => part.atOnce ?? !isAsync(part.code)),
  };
}

/** The larger bounds, and as many operations in a row as the more modest of the two. */
function widest(parts: readonly AnyPart[]): Bounds {
  const all = parts.map(({ bounds }) => bounds ?? {});
  const given = (name: 'length' | 'values' | 'operations') =>
    all.flatMap((bounds) => bounds[name] ?? []);
  const largest = (name: 'length' | 'values') =>
    given(name).length > 0 ? { [name]: Math.max(...given(name)) } : {};
  return {
    ...largest('length'),
    ...largest('values'),
    integers: all.flatMap(({ integers }) => integers ?? []),
    ...(given('operations').length > 0 ? { operations: Math.min(...given('operations')) } : {}),
  };
}

/** Pairs of machines are the same if their machines are. */
const pairs = new WeakMap<object, readonly [object, object]>();

function sameMachine(a: object, b: object): boolean {
  const [one, other] = [pairs.get(a), pairs.get(b)];
  if (!one || !other) return a === b;
  return sameMachine(one[0], other[0]) && sameMachine(one[1], other[1]);
}

/** The names of the methods of a class, whether or not they are private. */
function methodsOf({ prototype }: { readonly prototype: unknown }): readonly string[] {
  const found = Object.entries(Object.getOwnPropertyDescriptors(prototype as object));
  return found.flatMap(([name, { value }]) =>
    typeof value === 'function' && name !== 'constructor' ? [name] : [],
  );
}

function define(made: object, name: string, value: Method): void {
  Object.defineProperty(made, name, { value, writable: true, configurable: true });
}

/** A method that awaits, if the stack does: it can be told from others, as those of a layer. */
function calling(late: boolean, body: Method): Method {
  return late
    ? async function (this: unknown, ...given) {
        return await body.call(this, ...given);
      }
    : function (this: unknown, ...given) {
        return body.call(this, ...given);
      };
}

/** Does one after the other, if the first answers true. */
function andThen(first: unknown, next: () => unknown): unknown {
  if (first instanceof Promise) return first.then((answer) => (answer === false ? answer : next()));
  return first === false ? first : next();
}

/** The code below, of stacks that were just made: only init() and recover() ask for it. */
const belows = new WeakMap<object, Code>();

/** The code of a stack. Its memory is a tree: the code below is where the code above has it. */
function stacked(lower: AnyPart, upper: AnyPart, order: RecoveryOrder): CodeClass {
  const [Lower, Upper] = [lower.code, upper.code] as unknown as [CodeClass, CodeClass];
  const late = isAsync(lower.code) || isAsync(upper.code);
  class Stacked {
    readonly above: Code;

    constructor(handle: never) {
      const below = new Lower(handle);
      this.above = new Upper(below as never);
      belows.set(this, below);
    }
  }
  const belowOf = (on: Stacked): Code => {
    const below = belows.get(on);
    if (below) return below;
    throw new Error('a stack is initialised, or recovers, before anything else is done with it');
  };
  const { prototype } = Stacked;
  const add = (name: string, body: (on: Stacked, given: readonly unknown[]) => unknown) =>
    define(
      prototype,
      name,
      calling(late, function (this: unknown, ...given) {
        return body(this as Stacked, given);
      }),
    );
  for (const name of methodsOf(upper.code))
    add(name, ({ above }, given) => above[name]?.(...given));
  add('init', (on) => andThen(belowOf(on).init(), () => on.above.init()));
  add('recover', (on) => {
    const [first, second] =
      order === 'lower first' ? [belowOf(on), on.above] : [on.above, belowOf(on)];
    return andThen(first.recover(), () => second.recover());
  });
  return Stacked as unknown as CodeClass;
}

const sides = ['left', 'right'] as const;
type Side = (typeof sides)[number];

/** Both machines, each with its own faults before its own operations; one crash for the two. */
function machines(left: AnyPart['on'], right: AnyPart['on']): object {
  const classes = { left, right } as unknown as Record<Side, { initial(): Machine }>;
  class Both {
    readonly left: Machine;
    readonly right: Machine;

    constructor(left: Machine, right: Machine) {
      this.left = left;
      this.right = right;
    }

    static initial(): Both {
      return new Both(classes.left.initial(), classes.right.initial());
    }

    crash(): void {
      for (const machine of [this.left, this.right]) {
        machine.fault?.();
        machine.crash?.();
        machine.fault?.();
      }
    }
  }
  Object.defineProperty(Both, 'name', { value: `${left.name} beside ${right.name}` });
  const symmetric = [left, right].every((one) => 'symmetric' in one && one.symmetric === 'blocks');
  if (symmetric) Object.defineProperty(Both, 'symmetric', { value: 'blocks' });
  for (const side of sides)
    for (const name of operationsOf(side === 'left' ? left : right))
      define(Both.prototype, `${side}.${name}`, function (this: unknown, ...given) {
        const machine = (this as Both)[side];
        machine.fault?.();
        return (machine[name] as Method)(...given);
      });
  pairs.set(Both, [left, right]);
  return Both;
}

function operationsOf(machine: { readonly prototype: unknown }): readonly string[] {
  return methodsOf(machine).filter((name) => name !== 'crash' && name !== 'fault');
}

/** The code of two layers side by side; each sees its own of the two machines below. */
function sideBySide(left: AnyPart, right: AnyPart): CodeClass {
  const views = { left: viewOf('left', left.on), right: viewOf('right', right.on) };
  const late = isAsync(left.code) || isAsync(right.code);
  class SideBySide {
    readonly left: Code;
    readonly right: Code;

    constructor(handle: never) {
      this.left = new (left.code as unknown as CodeClass)(new views.left(handle) as never);
      this.right = new (right.code as unknown as CodeClass)(new views.right(handle) as never);
    }
  }
  const add = (name: string, body: (on: SideBySide, given: readonly unknown[]) => unknown) =>
    define(
      SideBySide.prototype,
      name,
      calling(late, function (this: unknown, ...given) {
        return body(this as SideBySide, given);
      }),
    );
  for (const side of sides)
    for (const name of operationsOf(side === 'left' ? left.promise : right.promise))
      add(`${side}.${name}`, (on, given) => on[side][name]?.(...given));
  add('init', (on) => andThen(on.left.init(), () => on.right.init()));
  add('recover', (on) => andThen(on.left.recover(), () => on.right.recover()));
  return SideBySide as unknown as CodeClass;
}

/** One of two machines, as the code on it sees it. */
function viewOf(side: Side, machine: AnyPart['on']): new (handle: never) => object {
  class View {
    readonly handle: Record<string, Method>;

    constructor(handle: never) {
      this.handle = handle;
    }
  }
  for (const name of operationsOf(machine))
    define(View.prototype, name, function (this: unknown, ...given) {
      return (this as View).handle[`${side}.${name}`]?.(...given);
    });
  return View;
}
