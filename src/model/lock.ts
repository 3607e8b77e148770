/**
 * One operation at a time.
 *
 * Code that awaits can be entered again at every await. It is proved as if it never were, so it is
 * to be entered through a lock. `locked` makes an object that nobody else has, and gives out its
 * operations alone: no way leads past the lock.
 */

/** Lets in one at a time, in the order in which they came. */
export class Lock {
  private held = false;
  private readonly waiting: (() => void)[] = [];

  /** Runs `body` when everything that came before has ended. */
  async run<T>(body: () => T | Promise<T>): Promise<T> {
    if (this.held) await new Promise<void>((enter) => this.waiting.push(enter));
    this.held = true;
    try {
      return await body();
    } finally {
      // Handed on it stays held: who comes before the next one has woken up waits behind it.
      const next = this.waiting.shift();
      if (next) next();
      else this.held = false;
    }
  }
}

/** The operations of code that is locked: nothing else of it can be reached. */
export type Entrance<C> = {
  readonly [K in keyof C as C[K] extends (...given: never[]) => unknown ? K : never]: C[K] extends (
    ...given: infer A
  ) => infer R
    ? (...given: A) => Promise<Awaited<R>>
    : never;
};

const taken = new WeakSet<object>();

/** Makes code on a machine that is entered through a lock. */
export function locked<L extends object, C extends object>(
  Code: new (lower: L) => C,
  lower: L,
): Entrance<C> {
  if (taken.has(lower))
    throw new Error(
      `${Code.name} would pass by the lock of the code that is on this machine already; ` +
        'use the one that is there',
    );
  taken.add(lower);
  const code = new Code(lower) as Record<string, (...given: unknown[]) => unknown>;
  const lock = new Lock();
  const entrance: Record<string, unknown> = Object.create(null);
  for (const [name] of methodsOf(code))
    entrance[name] = (...given: unknown[]) => lock.run(() => code[name]!(...given));
  return Object.freeze(entrance) as Entrance<C>;
}

/** Whether some method of a class is an async function. */
export function isAsync(code: { readonly prototype: unknown }): boolean {
  return methodsOf(code.prototype).some(([, method]) => kindOf(method) === 'AsyncFunction');
}

/** The methods of an object, its own and those of its classes. */
function methodsOf(code: unknown): [name: string, method: unknown][] {
  const found: [string, unknown][] = [];
  for (let at = code; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function' && name !== 'constructor') found.push([name, value]);
  return found;
}

const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);
