/** A running mean. Nothing is there to be recovered: a new start finds the variables at zero. */
import type { Operations, u32 } from '../../model/index.ts';
import { type Accumulators, most, type StatDb } from './spec.ts';

export class RunningMean implements Operations<StatDb> {
  private readonly variables: Operations<Accumulators>;

  constructor(variables: Operations<Accumulators>) {
    this.variables = variables;
  }

  init(): boolean {
    this.variables.writeSum(0);
    this.variables.writeCount(0);
    return true;
  }

  add(number: u32): boolean {
    const sum = this.variables.readSum();
    const count = this.variables.readCount();
    if (count >= most || Number.MAX_SAFE_INTEGER - sum < number) return false;
    this.variables.writeSum(sum + number);
    this.variables.writeCount(count + 1);
    return true;
  }

  mean(): number | null {
    const count = this.variables.readCount();
    return count === 0 ? null : Math.floor(this.variables.readSum() / count);
  }

  recover(): void {}
}
