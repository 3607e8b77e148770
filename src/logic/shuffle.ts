/** Another order of the same things, decided by a seed: an answer must not hang on their order. */

/** The seed 0 leaves the order as it is. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  if (seed === 0) return items;
  const order = [...items];
  let state = seed >>> 0;
  for (let last = order.length - 1; last > 0; last--) {
    // The constants of Numerical Recipes; the low bits are poor, so the high ones are used.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
