/** An intrinsic and its arguments, which its rule evaluates when it wants them. */
import type { Expression } from '../ir.ts';
import { evaluate } from './evaluate.ts';
import { type ExpressionOf, type Frame, oblige } from './frame.ts';
import { type Obligation, stuck } from './outcome.ts';
import { type ArrayValue, isArray, isBytes, MapValue, type Value } from './value.ts';

export class Application {
  readonly node: ExpressionOf<'apply'>;
  readonly frame: Frame;

  constructor(node: ExpressionOf<'apply'>, frame: Frame) {
    this.node = node;
    this.frame = frame;
  }

  value(index: number): Value {
    return evaluate(this.argument(index), this.frame);
  }

  boolean(index: number): boolean {
    const value = this.value(index);
    return typeof value === 'boolean' ? value : this.misfit(index, 'boolean');
  }

  integer(index: number): bigint {
    const value = this.value(index);
    return typeof value === 'bigint' ? value : this.misfit(index, 'integer');
  }

  array(index: number): ArrayValue {
    const value = this.value(index);
    return isArray(value) ? value : this.misfit(index, 'array');
  }

  /** A map or a set. */
  map(index: number): MapValue {
    const value = this.value(index);
    return value instanceof MapValue ? value : this.misfit(index, 'map');
  }

  /** An array, or bytes. */
  sequence(index: number): ArrayValue | Uint8Array {
    const value = this.value(index);
    return isArray(value) || isBytes(value) ? value : this.misfit(index, 'sequence');
  }

  /** Two integers, in this order. */
  integers(): readonly [bigint, bigint] {
    return [this.integer(0), this.integer(1)];
  }

  /** An obligation, but for ghosts. */
  need(obligation: Obligation, holds: boolean): void {
    if (!this.frame.ghost) oblige(this.frame.run, obligation, holds, this.node.at);
  }

  stuck(why: string): never {
    return stuck(`${this.node.function}: ${why}`, this.node.at);
  }

  private argument(index: number): Expression {
    return this.node.arguments[index] ?? this.stuck(`argument ${index} is missing`);
  }

  private misfit(index: number, expected: string): never {
    return this.stuck(`argument ${index} is no ${expected}`);
  }
}
