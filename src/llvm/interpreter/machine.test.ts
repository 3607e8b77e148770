import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readModule } from '../reader/read.ts';
import { Machine } from './machine.ts';
import type { MachineOptions } from './model.ts';
import type { Value } from './value.ts';

const head = `target datalayout = "e-m:e-i64:64-i128:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"
@g = global [4 x i32] [i32 1, i32 2, i32 3, i32 4], align 16
@k = constant i32 7
@elsewhere = external global i32
`;

/** What the function `f` with this body gives, or the words of what goes wrong. */
function run(body: string, args: Value[] = [], options: MachineOptions = {}): unknown {
  const parameters = args.map((_, i) => `i32 %${'abc'[i]}`).join(', ');
  const text = `${head}define i32 @f(${parameters}) {\nentry:\n${body}\n}\n${declarations}`;
  const machine = new Machine(readModule(text, 'x.ll'), options);
  try {
    return machine.call('f', args);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const declarations = `
declare i32 @outside(i32)
declare void @leave() noreturn
declare void @deeper()
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.assume(i1)
define i32 @deep(i32 %n) {
  %m = add i32 %n, 1
  %r = call i32 @deep(i32 %m)
  ret i32 %r
}
`;

const wrong: readonly (readonly [string, string, string])[] = [
  ['an overflow', '%x = add nsw i32 %a, 1\nret i32 %x', 'signed integer overflow: 2147483647 + 1'],
  ['a shift', '%x = shl i32 1, %b\nret i32 %x', 'shift exponent 40 is too large for i32'],
  ['a division', '%x = sdiv i32 %a, 0\nret i32 %x', '8:1: division by zero'],
  [
    'the lowest number',
    '%x = srem i32 -2147483648, -1\nret i32 %x',
    'signed integer overflow: -2147483648 / -1',
  ],
  ['null', '%x = load i32, ptr null\nret i32 %x', '8:1: load of a null pointer'],
  [
    'an index',
    '%p = getelementptr i32, ptr @g, i32 4\n%x = load i32, ptr %p\nret i32 %x',
    '9:1: load out of bounds: 4 bytes at offset 16 of g, which has 16',
  ],
  [
    'an index that promises',
    '%p = getelementptr inbounds i32, ptr @g, i32 5\n%x = load i32, ptr %p\nret i32 %x',
    'index out of bounds: offset 20 of g, which has 16 bytes',
  ],
  [
    'alignment',
    '%p = getelementptr i8, ptr @g, i32 2\n%x = load i32, ptr %p, align 4\nret i32 %x',
    'load of misaligned address: 4 bytes are promised',
  ],
  ['a constant', 'store i32 1, ptr @k\nret i32 0', '8:1: store to the constant k'],
  ['uninitialised', '%p = alloca i32\n%x = load i32, ptr %p\nret i32 %x', 'poison'],
  [
    'a branch on nothing',
    '%p = alloca i1\n%x = load i1, ptr %p\nbr i1 %x, label %u, label %v\n' +
      'u:\nret i32 1\nv:\nret i32 2',
    '10:1: branch on a value that is none: %p is uninitialised',
  ],
  ['unreachable', 'unreachable', '8:1: execution reached an unreachable program point'],
  [
    'a call that returned',
    'call void @deeper() noreturn\nunreachable',
    'a call that never returns',
  ],
  ['a function that returned', 'call void @leave()\nret i32 0', 'leave, which never returns,'],
  ['alignment by chance', '%x = load i32, ptr @g, align 32\nret i32 %x', 'misaligned'],
  [
    'a copy past its object',
    'call void @llvm.memcpy.p0.p0.i64(ptr @g, ptr @k, i64 5, i1 false)\nret i32 0',
    'load out of bounds: 5 bytes at offset 0 of k, which has 4',
  ],
  ['an assumption', 'call void @llvm.assume(i1 false)\nret i32 0', 'assumption is violated'],
  ['an unknown object', '%x = load i32, ptr @elsewhere\nret i32 %x', 'is defined elsewhere'],
  ['a range', '%x = call range(i32 0, 5) i32 @outside(i32 1)\nret i32 %x', 'poison'],
  ['a loop', 'br label %l\nl:\nbr label %l', 'more steps than allowed'],
  ['recursion', '%x = call i32 @deep(i32 0)\nret i32 %x', 'recursion?'],
];

test.for(wrong)('%s is told', ([, body, words]) => {
  const models = { outside: () => 9n, leave: () => undefined, deeper: () => undefined };
  const own = run(body, [0x7fffffffn, 40n], { models, steps: 5000 });
  const text = typeof own === 'string' ? own : JSON.stringify(own);
  expect(text).toContain(words);
});

test('poison is no fault until it is used', () => {
  expect(run('%x = add nsw i32 %a, 1\nret i32 %a', [0x7fffffffn])).toBe(0x7fffffffn);
  const chosen = '%x = add nsw i32 %a, 1\n%y = select i1 false, i32 %x, i32 5\nret i32 %y';
  expect(run(chosen, [0x7fffffffn])).toBe(5n);
  const frozen = '%x = add nsw i32 %a, 1\n%y = freeze i32 %x\n%z = sub i32 %y, %y\nret i32 %z';
  expect(run(frozen, [0x7fffffffn])).toBe(0n);
});

test('what is outside is a model, or told by name', () => {
  const body = '%x = call i32 @outside(i32 %a)\nret i32 %x';
  expect(run(body, [4n])).toBe(
    'Unmodelled: x.ll:8:1: call of outside: it is defined nowhere; give it a named model',
  );
  expect(run(body, [4n], { models: { outside: ([a]) => (a as bigint) * 3n } })).toBe(12n);
  const assembly = '%x = call i32 asm "neg $0", "=r,0"(i32 %a)\nret i32 %x';
  expect(run(assembly, [4n])).toContain('assembly "neg $0": it is defined nowhere');
  expect(run(assembly, [4n], { assembly: { 'neg $0': () => 1n } })).toBe(1n);
});

test('undefined behaviour has the line of the source', () => {
  const file = join(import.meta.dirname, '..', 'fixtures', 'constructs.2.ll');
  const machine = new Machine(readModule(readFileSync(file, 'utf8'), 'constructs.2.ll'), {
    models: { panic: () => undefined },
  });
  machine.object('procs').bytes[0] = 9;
  expect(() => machine.call('f', [0n, 0n, 5n])).toThrow(
    /^constructs\.c:9:\d+: panic, which never returns, returned$/,
  );
  const [x, y] = machine.call('mk', [41n]) as bigint[];
  expect([x, y]).toEqual([41n, 42n]);
  machine.call('cp', [7n]);
  expect(machine.object('procs').bytes[3 * 176]).toBe(0);
});
