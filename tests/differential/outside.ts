/** What instrumented JavaScript calls; see instrument.ts. */
import type { Obligation } from '../../src/symbolic/interpreter/outcome.ts';

/** JavaScript is about to do something that the model does not have. */
export class Outside extends Error {
  readonly obligation: Obligation | 'assumed';
  readonly line: number;

  constructor(obligation: Obligation | 'assumed', line: number) {
    super(`${obligation} in line ${line}`);
    this.obligation = obligation;
    this.line = line;
  }
}

function need(holds: boolean, obligation: Obligation | 'assumed', line: number): void {
  if (!holds) throw new Outside(obligation, line);
}

type Integer = number | bigint;
type Sequence = unknown[] | Uint8Array;

function arithmetic(value: Integer, line: number): Integer {
  need(typeof value === 'bigint' || Number.isSafeInteger(value), 'range', line);
  return value;
}

function element(sequence: Sequence, index: number, line: number): unknown {
  need(index >= 0 && index < sequence.length, 'bounds', line);
  return sequence[index];
}

function fits(bits: number): (value: Integer, line: number) => Integer {
  return (value, line) => {
    need(value >= 0 && BigInt(value) < 1n << BigInt(bits), 'narrowing', line);
    return value;
  };
}

const one = (value: Integer): Integer => (typeof value === 'bigint' ? 1n : 1);

export const checks = {
  arithmetic,
  element,
  u8: fits(8),
  u16: fits(16),
  u32: fits(32),
  u64: fits(64),
  increased: (value: Integer, _by: number, line: number) =>
    arithmetic((value as number) + (one(value) as number), line),
  decreased: (value: Integer, _by: number, line: number) =>
    arithmetic((value as number) - (one(value) as number), line),
  remainder(a: Integer, b: Integer, line: number): Integer {
    need(b > 0 && a >= 0, 'division', line);
    return (a as number) % (b as number);
  },
  floor(a: number, b: number, line: number): number {
    need(b > 0, 'division', line);
    return Math.floor(a / b);
  },
  store(sequence: Sequence, index: number, value: unknown, line: number): unknown {
    need(index >= 0 && index < sequence.length, 'bounds', line);
    sequence[index] = value;
    return value;
  },
  taken(sequence: Sequence, count: number, line: number): Sequence {
    need(count <= sequence.length, 'bounds', line);
    return sequence;
  },
  nonNull(value: unknown, line: number): unknown {
    need(value !== null && value !== undefined, 'narrowing', line);
    return value;
  },
  Number: (value: bigint, line: number) => arithmetic(Number(value), line),
  slice(sequence: Sequence, from: number, to: number, line: number): Sequence {
    need(0 <= from && from <= to && to <= sequence.length, 'bounds', line);
    return sequence.slice(from, to);
  },
  length(value: number, line: number): number {
    need(value >= 0, 'bounds', line);
    return value;
  },
  assert: (fact: boolean, line: number) => need(fact, 'assert', line),
  assume: (fact: boolean, line: number) => need(fact, 'assumed', line),
};
