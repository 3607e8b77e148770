/** Compares the engines on a batch: the first disagreement, and what was seen on the way. */
import type { MachineOptions } from '../../src/llvm/interpreter/model.ts';
import { Random } from '../../src/llvm/testing/random.ts';
import { type Compiled, interpret, levels, type Outcome, same, sizesIn } from './engines.ts';
import type { Program } from './generate.ts';

export interface Tally {
  runs: number;
  undefined: number;
}

export interface Disagreement {
  readonly program: string;
  readonly level: number;
  readonly args: readonly bigint[];
  readonly interpreter: Outcome;
  readonly wasm: Outcome;
}

export function disagreement(
  compiled: Compiled,
  seed: number,
  inputs: number,
  tally: Tally,
  options: MachineOptions = {},
): Disagreement | undefined {
  const { batch, modules, wasm } = compiled;
  const sizes = sizesIn(modules.get(0)!);
  for (const [i, program] of batch.programs.entries()) {
    const random = new Random(seed + i);
    for (let input = 0; input < inputs; input++) {
      const args = argumentsFor(program, random);
      const expected = wasm.run(program, args, sizes);
      tally.runs++;
      if (expected.result === undefined) tally.undefined++;
      for (const level of levels) {
        // What is undefined in C may be anything after optimisation.
        if (level > 0 && expected.result === undefined) continue;
        const poison = level === 0 ? 'made' : 'used';
        const own = interpret(modules.get(level)!, program, args, { ...options, poison });
        if (!same(own, expected))
          return { program: program.name, level, args, interpreter: own, wasm: expected };
      }
    }
  }
  return undefined;
}

export function argumentsFor({ parameters }: Program, random: Random): bigint[] {
  return parameters.map(({ type }) => {
    const width = Number(type.slice(1));
    if (random.chance(40)) return random.bits(width);
    const near = [0n, 1n, -1n, 7n, 10n, 1n << BigInt(width - 1), (1n << BigInt(width - 1)) - 1n];
    return BigInt.asUintN(width, random.pick(near) + BigInt(random.below(3)));
  });
}
