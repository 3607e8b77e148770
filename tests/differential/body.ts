/** The body of a function while it is being written: what is in scope, and what was used. */
import type { Construct, Counts } from './constructs.ts';
import type { Random } from './random.ts';
import { holding, type TypeName } from './types.ts';

/** A local variable, or a field of `this` by its text. */
export interface Binding {
  readonly name: string;
  readonly type: TypeName;
  readonly assignable: boolean;
  readonly kind: 'parameter' | 'local' | 'field' | 'private';
}

/** Something that was written before, and may be called. */
export interface Helper {
  readonly name: string;
  readonly kind: 'function' | 'method' | 'async';
  readonly parameters: readonly TypeName[];
  /** The last parameter may be left out. */
  readonly optional: boolean;
  readonly returns: TypeName;
}

export type Role = 'function' | 'method' | 'async';

export class Body {
  readonly random: Random;
  readonly role: Role;
  readonly returns: TypeName;
  readonly helpers: readonly Helper[];
  /** Whether the operations of the machine below are promises. */
  readonly async: boolean;
  readonly counts: Counts;
  /** The types of its variables. */
  readonly types: readonly TypeName[];
  /** Whether an element may be undefined to the checker. */
  readonly strict: boolean;
  readonly lines: string[] = [];
  bindings: Binding[];
  loops = 0;
  /** `break` means the switch here. */
  switching = false;
  /** Errors that a handler around here catches. */
  guarded = false;
  /** Expressions must be pure here. */
  quiet = false;
  /** Methods, which may change fields, must not be called here. */
  still = false;
  private readonly hidden = new Set<string>();
  private indent = 2;
  private names = 0;

  constructor(options: {
    random: Random;
    role: Role;
    returns: TypeName;
    helpers: readonly Helper[];
    async: boolean;
    bindings: readonly Binding[];
    counts: Counts;
    types: readonly TypeName[];
    strict: boolean;
  }) {
    this.random = options.random;
    this.role = options.role;
    this.returns = options.returns;
    this.helpers = options.helpers;
    this.async = options.async;
    this.bindings = [...options.bindings];
    this.counts = options.counts;
    this.types = options.types;
    this.strict = options.strict;
  }

  count(construct: Construct): void {
    this.counts.set(construct, (this.counts.get(construct) ?? 0) + 1);
  }

  line(text: string): void {
    this.lines.push(`${'  '.repeat(this.indent)}${text}`);
  }

  /** What is visible, of one type if it is given. */
  visible(type?: TypeName): Binding[] {
    return this.bindings.filter(
      ({ name, type: t }) => !this.isHidden(name) && (!type || t === type),
    );
  }

  /** A field of something hidden is hidden too. */
  private isHidden(name: string): boolean {
    return this.hidden.has(name) || this.hidden.has(name.replace(/\.[a-z]+$/, ''));
  }

  /** A new name, `hint` and a number. */
  name(hint: string): string {
    this.names++;
    return `${hint}${this.names}`;
  }

  /** Writes a block; its variables end with it. */
  block(write: () => void): void {
    const outer = this.bindings;
    this.bindings = [...outer];
    this.indent++;
    write();
    this.indent--;
    this.bindings = outer.filter((binding) => !this.gone.has(binding.name));
  }

  /** While `body` runs, `name` is not to be mentioned. */
  hiding<T>(name: string, body: () => T): T {
    if (this.hidden.has(name)) return body();
    this.hidden.add(name);
    try {
      return body();
    } finally {
      this.hidden.delete(name);
    }
  }

  /** While `body` runs, no boolean variable of `condition` is mentioned: it would be narrowed. */
  knowing<T>(condition: string, body: () => T): T {
    const flags = this.bindings.filter((b) => b.type === 'boolean' && mentions(condition, b.name));
    return flags.reduce(
      (inner: () => T, { name }) =>
        () =>
          this.hiding(name, inner),
      body,
    )();
  }

  /** While `body` runs, nothing is mentioned that may hold an array of the caller's. */
  keepingNone<T>(type: TypeName, body: () => T): T {
    const own = (b: Binding) => b.kind === 'field' || b.kind === 'private';
    const given = this.bindings.filter((b) => holding.has(b.type) && !own(b));
    if (!holding.has(type)) return body();
    return given.reduce(
      (inner: () => T, { name }) =>
        () =>
          this.hiding(name, inner),
      body,
    )();
  }

  /** While `body` runs, nothing is written that could change what is at `place`. */
  keeping<T>(place: string, body: () => T): T {
    if (!place.startsWith('this.')) return this.hiding(place, body);
    const before = this.still;
    this.still = true;
    try {
      return this.hiding(place, body);
    } finally {
      this.still = before;
    }
  }

  /** While `body` runs, expressions are pure. */
  quietly<T>(body: () => T): T {
    const before = this.quiet;
    this.quiet = true;
    try {
      return body();
    } finally {
      this.quiet = before;
    }
  }

  private readonly gone = new Set<string>();

  /** `name` is never mentioned again. */
  drop(name: string): void {
    this.gone.add(name);
    this.bindings = this.bindings.filter((binding) => binding.name !== name);
  }
}

function mentions(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return at >= 0 && !/[A-Za-z0-9]/.test(text[at + name.length] ?? '');
}
