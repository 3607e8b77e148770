import { expect, test } from 'vitest';
import { RefusedModule } from './problem.ts';
import { reach } from './reach.ts';
import { readModule } from './reader/read.ts';

const module = readModule(
  `target datalayout = "e-m:e-i64:64"
target triple = "x86_64-unknown-linux-gnu"
@hook = global ptr null
@table = global [1 x ptr] [ptr @held]
declare void @outside()
declare i32 @llvm.umin.i32(i32, i32)
define void @leaf() {
  call void @outside()
  call void asm "nop", ""()
  %x = call i32 @llvm.umin.i32(i32 1, i32 2)
  ret void
}
define void @top() {
  call void @leaf()
  store ptr @taken, ptr @hook
  %q = load ptr, ptr @table
  %p = load ptr, ptr @hook
  call void %p()
  ret void
}
define void @held() {
  ret void
}
define void @taken() {
  ret void
}
define void @even() {
  call void @odd()
  ret void
}
define void @odd() {
  call void @even()
  ret void
}
`,
  'x.ll',
);

test('callees come before their callers, and what is outside is named with its place', () => {
  const found = reach(module, ['top']);
  expect(found.defined.map(({ name }) => name)).toEqual(['leaf', 'taken', 'held', 'top']);
  expect([...found.outside].map(([name, { line }]) => [name, line])).toEqual([['outside', 8]]);
  expect([...found.assembly.keys()]).toEqual(['nop']);
  expect(found.indirect.map(({ line }) => line)).toEqual([18]);
});

test('recursion is refused where it closes', () => {
  expect(() => reach(module, ['leaf', 'even'])).toThrow(RefusedModule);
  expect(() => reach(module, ['even'])).toThrow(
    'x.ll:32:3: @even: it may call itself: @even -> @odd -> @even; ' +
      'write it as a loop with a bound',
  );
});
