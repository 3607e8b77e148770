/** Writes statements, by rules as for expressions. */
import type { Body } from './body.ts';
import type { Construct } from './constructs.ts';
import { expression } from './expressions.ts';
import type { TypeName } from './types.ts';

export interface StatementRule {
  readonly construct: Construct;
  readonly weight: number;
  /** Contains statements: ends when depth is 0. */
  readonly nested: boolean;
  /** Whether it was possible here. */
  write(body: Body, depth: number): boolean;
}

export function simple(
  construct: Construct,
  weight: number,
  write: (body: Body) => boolean,
): StatementRule {
  return { construct, weight, nested: false, write };
}

export function nested(
  construct: Construct,
  weight: number,
  write: (body: Body, depth: number) => boolean,
): StatementRule {
  return { construct, weight, nested: true, write };
}

/** An expression in a statement. */
export const value = (body: Body, type: TypeName, depth = 2): string =>
  expression(body, type, depth);

let all: readonly StatementRule[] = [];

export function setStatementRules(rules: readonly StatementRule[]): void {
  all = rules;
}

export function statement(body: Body, depth: number): void {
  const left = new Set(all.filter((rule) => depth > 0 || !rule.nested));
  while (left.size > 0) {
    let drawn = body.random.below([...left].reduce((sum, rule) => sum + rule.weight, 0));
    const rule = [...left].find((r) => {
      drawn -= r.weight;
      return drawn < 0;
    })!;
    if (rule.write(body, depth)) {
      body.count(rule.construct);
      return;
    }
    left.delete(rule);
  }
}

export function statements(body: Body, count: number, depth: number): void {
  for (let i = 0; i < count; i++) statement(body, depth);
}

/** A few statements in a block of their own, the braces left to the caller. */
export function inner(body: Body, depth: number, last: () => void = () => {}): void {
  body.block(() => {
    if (body.lines.at(-1)?.endsWith('{')) shadow(body);
    statements(body, 1 + body.random.below(2), depth - 1);
    last();
  });
}

/** Sometimes a block begins with a variable that has the name of another one outside. */
function shadow(body: Body): void {
  const outer = body.visible().filter((b) => /^v\d+$/.test(b.name) && !b.type.includes('['));
  if (outer.length === 0 || !body.random.once(6)) return;
  const { name, type } = body.random.pick(outer);
  if (type === 'Uint8Array') return;
  const text = body.hiding(name, () => value(body, 'number'));
  body.line(`const ${name}: number = ${text};`);
  body.bindings = body.bindings.filter((b) => b.name.split('.')[0] !== name);
  body.bindings.push({ name, type: 'number', assignable: false, kind: 'local' });
  body.count('shadowing');
}
