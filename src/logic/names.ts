/**
 * Names within one query: the hint, made harmless, and a number by first appearance. No reserved
 * word, no name of a solver and no name of another query can be met, and text does not depend on
 * anything outside the query.
 */
import type { Constructor, Datatype, Sort } from './sort.ts';

export class Names {
  private readonly names = new Map<object, string>();
  private readonly used = new Map<string, number>();

  of(thing: object, hint: string): string {
    const known = this.names.get(thing);
    if (known !== undefined) return known;
    const name = this.next(hint);
    this.names.set(thing, name);
    return name;
  }

  /** A name for something that is mentioned by this name only. */
  next(hint: string): string {
    const harmless = hint.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?![A-Za-z])/, 'v');
    const number = (this.used.get(harmless) ?? 0) + 1;
    this.used.set(harmless, number);
    return `${harmless}!${number}`;
  }

  constructorName(made: Constructor): string {
    return this.of(made, made.name);
  }

  fieldName(made: Constructor, fieldName: string): string {
    const field = made.fields.find((each) => each.name === fieldName);
    if (field === undefined) throw new Error(`${made.name} has no field ${fieldName}`);
    return this.of(field, field.name);
  }

  sort(sort: Sort): string {
    if (sort.kind === 'boolean') return 'Bool';
    if (sort.kind === 'integer') return 'Int';
    if (sort.kind === 'bits') return `(_ BitVec ${sort.width})`;
    if (sort.kind === 'array') return `(Array ${this.sort(sort.index)} ${this.sort(sort.element)})`;
    return this.of(sort, sort.name);
  }

  datatype(sort: Datatype): string {
    const name = this.sort(sort);
    const constructors = sort.constructors.map((each) => {
      const fields = each.fields.map(
        (field) => ` (${this.of(field, field.name)} ${this.sort(field.sort)})`,
      );
      return `(${this.constructorName(each)}${fields.join('')})`;
    });
    return `(declare-datatypes ((${name} 0)) ((${constructors.join(' ')})))`;
  }
}
