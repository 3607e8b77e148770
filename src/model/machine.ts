/**
 * What a machine is.
 *
 * A machine is a class. Its fields are its state, its public methods are its operations, each of
 * them one atomic step, and three names are special:
 *
 *   static initial()   any state in which the machine may be found before its first use
 *   crash()            what a power failure does to the state
 *   fault()            what the environment may do unasked: it happens before every operation,
 *                      and before and after every crash
 *
 * An implementation is written on `Operations<Machine>`: it can call the operations, and nothing
 * else. Its own `init()` and `recover()` run once on a new store, and after every start.
 */
type Hook = 'crash' | 'fault';

/** The operations of a machine, as an implementation sees them. */
export type Operations<M> = {
  readonly [K in keyof M as K extends Hook
    ? never
    : M[K] extends (...given: never[]) => unknown
      ? K
      : never]: M[K];
};

/** The same operations, each answering with a promise. */
export type AsyncOperations<M> = {
  readonly [K in keyof Operations<M>]: Operations<M>[K] extends (...given: infer A) => infer R
    ? (...given: A) => Promise<R>
    : never;
};

const state = Symbol.for('plimsoll.state');

/**
 * The state of the machine behind an implementation's handle. For invariants only: it is there
 * when a layer is proved or explored, and never when it is run.
 */
export function stateOf<M>(machine: Operations<M> | AsyncOperations<M>): M {
  const found = (machine as { [state]?: M })[state];
  if (!found) throw new Error('stateOf() has no machine to look at: it belongs into an invariant');
  return found;
}

/** Lets `stateOf` see `machine` behind `handle`; for the explorer. */
export function attachState<M>(handle: object, machine: M): void {
  Object.defineProperty(handle, state, { value: machine, configurable: true });
}

/** The same for a state that is put together when somebody looks. */
export function attachView<M>(handle: object, machine: () => M): void {
  Object.defineProperty(handle, state, { get: machine, configurable: true });
}
