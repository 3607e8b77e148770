/** Where an expression is being written. */
import type { Binding, Body, Helper } from './body.ts';
import type { Construct } from './constructs.ts';
import { keep, narrowable, owned, type TypeName } from './types.ts';

/** One way to write an expression of some type; undefined where it is not possible. */
export interface Rule {
  readonly construct: Construct;
  readonly weight: number;
  /** Has no parts: ends the recursion. */
  readonly leaf: boolean;
  write(site: Site): string | undefined;
}

export type Rules = (type: TypeName) => readonly Rule[];

/** The rules, which need `Site` themselves: set once they are all there. */
let rulesOf: Rules = () => [];

export function setRules(rules: Rules): void {
  rulesOf = rules;
}

export class Site {
  readonly body: Body;
  readonly type: TypeName;
  readonly depth: number;

  constructor(body: Body, type: TypeName, depth: number) {
    this.body = body;
    this.type = type;
    this.depth = depth;
  }

  /** A part of this expression. */
  value(type: TypeName): string {
    return expression(this.body, type, this.depth - 1);
  }

  /** A value of which the checker knows no more than its type, and that names no variable. */
  detached(type: TypeName): string {
    return narrowable.has(type) || ['number', 'bigint', 'string'].includes(type)
      ? `${keep(type)}(${this.value(type)})`
      : this.value(type);
  }

  /** A value that may be a variable, for use within `inside` only, which does not mention it. */
  subject(type: TypeName, inside: (subject: string) => string): string {
    const known = this.body.visible(type);
    if (known.length === 0 || this.body.random.once(3)) return inside(this.detached(type));
    const { name } = this.body.random.pick(known);
    return this.body.hiding(name, () => inside(name));
  }

  variable(kind?: Binding['kind'], assignable = false): string | undefined {
    const all = this.body
      .visible(this.type)
      .filter((b) => (kind ? b.kind === kind : true) && (!assignable || b.assignable));
    return all.length === 0 ? undefined : this.body.random.pick(all).name;
  }

  /** A small constant. */
  small(): string {
    return String(this.body.random.below(5));
  }

  get quiet(): boolean {
    return this.body.quiet;
  }

  helper(kind: Helper['kind']): Helper | undefined {
    const all = this.body.helpers.filter((h) => h.kind === kind && h.returns === this.type);
    return all.length === 0 ? undefined : this.body.random.pick(all);
  }
}

/** An expression of `type`, in which at most `depth` rules are nested. */
export function expression(body: Body, type: TypeName, depth: number): string {
  const site = new Site(body, type, depth);
  const rules = rulesOf(type).filter((rule) => depth > 0 || rule.leaf);
  let total = rules.reduce((sum, rule) => sum + rule.weight, 0);
  const left = new Set(rules);
  while (left.size > 0) {
    let drawn = body.random.below(total);
    const rule = [...left].find((r) => {
      drawn -= r.weight;
      return drawn < 0;
    })!;
    const text = rule.write(site);
    if (text !== undefined) {
      body.count(rule.construct);
      return text;
    }
    left.delete(rule);
    total -= rule.weight;
  }
  throw new Error(`there is no way to write a ${type}`);
}

/** For declarations and assignments: the checker is not to know more than the type. */
export function plain(body: Body, type: TypeName, depth: number): string {
  const text = expression(body, type, depth);
  return narrowable.has(type) ? `${keep(type)}(${text})` : text;
}

export function rule(
  construct: Construct,
  weight: number,
  write: (site: Site) => string | undefined,
): Rule {
  return { construct, weight, leaf: false, write };
}

export function leaf(
  construct: Construct,
  weight: number,
  write: (site: Site) => string | undefined,
): Rule {
  return { construct, weight, leaf: true, write };
}

/** The arguments of a call; what is owned is made for it. */
export function argumentsFor(site: Site, helper: Helper): string {
  const short = helper.optional && site.body.random.once(2);
  if (short) site.body.count('default argument');
  return (short ? helper.parameters.slice(0, -1) : helper.parameters)
    .map((type) => site.value(type))
    .join(', ');
}

export const isOwned = (type: TypeName): boolean => owned.has(type);
