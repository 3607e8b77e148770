/** S-expressions, as solvers print them. */

export type Expression = string | readonly Expression[];

/** Throws on text that is not whole: an answer cut short is no answer. */
export function parse(text: string): Expression[] {
  const open: Expression[][] = [[]];
  for (const token of tokens(text)) {
    if (token === '(') open.push([]);
    else if (token === ')') {
      const done = open.pop()!;
      const around = open.at(-1);
      if (around === undefined) throw new Error('a parenthesis too many');
      around.push(done);
    } else open.at(-1)!.push(token);
  }
  if (open.length !== 1) throw new Error('a parenthesis too few');
  return open[0]!;
}

function* tokens(text: string): Generator<string> {
  const token = /;[^\n]*|\s+|\(|\)|\|[^|]*\||"(?:[^"]|"")*"|[^\s()|";]+/gy;
  let from = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    from = token.lastIndex;
    if (!/^[;\s]/.test(found[0])) yield found[0];
  }
  if (from !== text.length) throw new Error(`unexpected ${text.slice(from, from + 20)}`);
}

export function show(expression: Expression): string {
  return typeof expression === 'string' ? expression : `(${expression.map(show).join(' ')})`;
}

/** Replaces what `let` binds, which z3 uses in large values. */
export function withoutLet(
  expression: Expression,
  bound: ReadonlyMap<string, Expression> = new Map(),
): Expression {
  if (typeof expression === 'string') return bound.get(expression) ?? expression;
  const [first, bindings, body] = expression;
  if (first !== 'let' || bindings === undefined || typeof bindings === 'string') {
    return expression.map((each) => withoutLet(each, bound));
  }
  const inner = new Map(bound);
  for (const binding of bindings) {
    const [name, value] = binding;
    if (typeof name === 'string') inner.set(name, withoutLet(value ?? '', bound));
  }
  return withoutLet(body ?? '', inner);
}
