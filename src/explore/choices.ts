/** Answers to the choices of machines: every one in turn, or those of one run again. */
import type { Block } from '../model/block.ts';
import { type Chooser, NoChoice, withChooser } from '../model/choice.ts';
import { Assumed } from '../model/ghost.ts';
import { TooMany } from './meter.ts';
import { NotExplorable, type Sample } from './value.ts';

export { TooMany } from './meter.ts';

/** A run that is to be taken again, and does not fit. */
export class Diverged extends Error {
  override readonly name = 'Diverged';
}

/** Thrown where code does not do again what it did. */
export const unlike = () =>
  new NotExplorable(
    'the code did something else when it was run again from the same state',
    'let what it does depend on nothing but its arguments, its fields and the machine below',
  );
const optionLimit = 1_000_000;
const runLimit = 1_000_000;

/**
 * The answers of a run form a number in mixed radix; the next run is that number plus one.
 * A run again is given its answers; where they end the first option is taken.
 */
export class Choices implements Chooser {
  blocks: readonly Block[];
  length: number;
  private readonly digits: number[];
  private readonly radices: number[] = [];
  /** How many answers this run has had. */
  at = 0;
  /** The first answer that differs from the run before; -1 in the first run. */
  changed = -1;

  constructor(sample: Sample, given: readonly number[] = []) {
    this.blocks = sample.blocks;
    this.length = sample.length;
    this.digits = [...given];
  }

  pick(options: number): number {
    if (options > optionLimit) throw new TooMany(`a choice among ${options} possibilities`);
    const radix = this.radices[this.at];
    if (radix !== undefined && radix !== options) throw unlike();
    const digit = this.digits[this.at] ?? 0;
    if (digit < 0 || digit >= options)
      throw new Diverged(`there is no option ${digit} among ${options}`);
    this.radices[this.at] = options;
    this.digits[this.at] = digit;
    this.at++;
    return digit;
  }

  /** From here on there is as much to choose from as there is in the sample. */
  among({ blocks, length }: Sample): void {
    this.blocks = blocks;
    this.length = length;
  }

  /** The answers so far. */
  taken(): number[] {
    return this.digits.slice(0, this.at);
  }

  /** Makes ready for the next run; false when there is none. */
  next(): boolean {
    if (this.at <= this.changed) throw unlike();
    this.digits.length = this.at;
    this.radices.length = this.at;
    while (this.at > 0 && this.digits[this.at - 1] === this.radices[this.at - 1]! - 1) this.at--;
    this.digits.length = this.at;
    this.radices.length = this.at;
    this.changed = this.at - 1;
    if (this.at === 0) return false;
    this.digits[this.at - 1]!++;
    this.at = 0;
    return true;
  }
}

/** One way in which something can go. */
export interface Way<T> {
  readonly value: T;
  readonly picks: readonly number[];
}

export interface Ways<T> {
  readonly ways: readonly Way<T>[];
  /** Why some choice had no answer. */
  readonly stuck: NoChoice | undefined;
}

/** `body` with every sequence of answers. A way in which a choice has no answer is left out. */
export function every<T>(sample: Sample, body: () => T): Ways<T> {
  const choices = new Choices(sample);
  const ways: Way<T>[] = [];
  let stuck: NoChoice | undefined;
  for (let runs = 1; ; runs++) {
    sample.meter?.count(1);
    if (runs > runLimit) throw new TooMany(`more than ${runLimit} ways in one step of a machine`);
    try {
      ways.push({ value: withChooser(choices, body), picks: choices.taken() });
    } catch (error) {
      if (error instanceof NoChoice) stuck = error;
      else if (!(error instanceof Assumed)) throw error;
    }
    if (!choices.next()) return { ways, stuck };
  }
}
