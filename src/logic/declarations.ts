/** Declares sorts, functions and constants, each before its first use. */
import type { Names } from './names.ts';
import type { Sort } from './sort.ts';
import type { FunctionSymbol, Term } from './term.ts';

export class Declarations {
  readonly lines: string[] = [];
  private readonly names: Names;
  private readonly done = new Set<object>();

  constructor(names: Names) {
    this.names = names;
  }

  sort(sort: Sort): void {
    if (this.done.has(sort)) return;
    this.done.add(sort);
    if (sort.kind === 'array') {
      this.sort(sort.index);
      this.sort(sort.element);
    } else if (sort.kind === 'uninterpreted') {
      this.lines.push(`(declare-sort ${this.names.sort(sort)} 0)`);
    } else if (sort.kind === 'datatype') {
      for (const each of sort.constructors) for (const { sort } of each.fields) this.sort(sort);
      this.lines.push(this.names.datatype(sort));
    }
  }

  function(symbol: FunctionSymbol): void {
    if (this.done.has(symbol)) return;
    this.done.add(symbol);
    for (const sort of [...symbol.argumentSorts, symbol.resultSort]) this.sort(sort);
    const given = symbol.argumentSorts.map((sort) => this.names.sort(sort)).join(' ');
    const name = this.names.of(symbol, symbol.name);
    this.lines.push(`(declare-fun ${name} (${given}) ${this.names.sort(symbol.resultSort)})`);
  }

  /** A constant; one that is only bound needs its sort alone. */
  constant(term: Term, free: boolean): void {
    if (this.done.has(term) || term.operator !== 'constant') return;
    this.done.add(term);
    this.sort(term.sort);
    const name = this.names.of(term, term.name);
    if (free) this.lines.push(`(declare-fun ${name} () ${this.names.sort(term.sort)})`);
  }
}
