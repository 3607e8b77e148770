import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BadModule, RefusedModule } from '../problem.ts';
import { fuzzed } from '../testing/fuzz.ts';
import { readModule } from './read.ts';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', name), 'utf8');
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const inputs = Number(process.env.C_PROGRAMS ?? 1_500);

const target = `target datalayout = "e-m:e-i64:64-i128:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"
`;

/** The message about a function with these lines, which begin at 4:3. */
function told(lines: string, result = 'i32', head = ''): string {
  const text = `${target}define ${result} @f(i32 %a, i64 %b, ptr %p) {\n  ${lines}\n}\n${head}`;
  return message(text);
}

function message(text: string): string {
  try {
    readModule(text, 'x.ll');
    return 'read';
  } catch (error) {
    return error instanceof BadModule || error instanceof RefusedModule
      ? `${error.name} ${error.message}`
      : `crashed: ${error}`;
  }
}

test.for(['constructs.0.ll', 'constructs.2.ll'])('%s, as clang writes it, is read', (name) => {
  const module = readModule(fixture(name), name);
  expect(module.globals.get('procs')).toMatchObject({ align: 4096, constant: false });
  expect(module.functions.get('f')?.parameters.map((one) => one.name)).toEqual(['pid', 'fd', 'x']);
  expect([...(module.functions.get('panic')?.attributes ?? [])]).toContain('noreturn');
});

test('flags and claims are kept', () => {
  const { functions } = readModule(fixture('constructs.2.ll'), 'x.ll');
  const all = [...functions.values()].flatMap(({ blocks }) =>
    blocks.flatMap(({ instructions }) => instructions.map(({ operation }) => operation)),
  );
  const shift = all.find((one) => one.op === 'binary' && one.opcode === 'or' && one.flags.size > 0);
  expect(shift).toMatchObject({ flags: new Set(['disjoint']) });
  const load = all.find((one) => one.op === 'load' && one.claims.ranges !== undefined);
  expect(load).toMatchObject({ claims: { defined: true, ranges: [[0n, 2n]] } });
  expect(functions.get('b')?.result).toEqual({ ranges: [[2n, 4n]] });
});

const refused: readonly (readonly [string, string])[] = [
  ['%x = fadd float 1.0, 2.0', '4:8: fadd: an instruction that is not implemented'],
  ['%x = inttoptr i64 %b to ptr', '4:8: inttoptr: an instruction that is not implemented'],
  ['fence seq_cst', '4:3: fence: an instruction that is not implemented'],
  ['%x = load atomic i32, ptr %p seq_cst, align 4', '4:13: atomic: not implemented'],
  ['%x = load i32, ptr %p, !tbaa !1', '4:26: !tbaa: metadata whose meaning is not implemented'],
  ['%x = add <2 x i32> zeroinitializer, zeroinitializer', '4:12: <: vectors are not implemented'],
  ['%x = getelementptr inrange i8, ptr %p, i64 1', ''],
  [
    '%x = call i32 @llvm.vscale.i32()',
    '4:17: @llvm.vscale.i32: an intrinsic that is not implemented',
  ],
  ['%x = call noalias ptr @g()', '4:13: noalias: an attribute that is not implemented'],
  ['%x = alloca i32, i32 %a', '4:18: alloca: an array whose length is not constant'],
  ['%x = icmp eq double 1.0, 1.0', '4:16: double: a type that is not implemented'],
  ['call void @g() [ "align"(ptr %p) ]', '4:18: [: operand bundles are not implemented'],
];

test.for(refused)('%s is refused by name', ([line, expected]) => {
  const own = told(`${line}\n  ret i32 0`, 'i32', 'declare ptr @g()\n');
  expect(own).not.toBe('read');
  expect(own).not.toContain('crashed');
  expect(own).toContain(expected === '' ? 'BadModule' : `RefusedModule x.ll:${expected}`);
});

const wrong: readonly (readonly [string, string])[] = [
  ['%x = add i32 %a, %y\n  ret i32 %x', '4:20: %y: a value that is nowhere'],
  ['%x = add i32 %b, 1\n  ret i32 %x', '4:16: %b: of type i64, used with i32'],
  ['%x = add i32 %x, 1\n  ret i32 %x', '4:16: %x: used before it is computed'],
  ['br label %nowhere', '4:3: %nowhere: a block that is nowhere'],
  ['%x = add nsw exact i32 %a, 1\n  ret i32 %x', '4:16: exact: a type is needed here'],
  ['%x = add i32 %a, 4294967296\n  ret i32 %x', '4:20: 4294967296: no number of 32 bits'],
  ['%x = zext i64 %b to i32\n  ret i32 %x', '4:13: zext: not from i64 to i32'],
  ['ret i64 %b', '4:3: ret: not of type i64'],
  ['%x = call i32 @f(i32 %a)\n  ret i32 %x', '4:3: @f: called as i32 (i32)'],
  ['%x = load i32, ptr @g\n  ret i32 %x', '4:22: @g: a name that is nowhere'],
];

test.for(wrong)('%s is no module', ([lines, expected]) => {
  expect(told(lines)).toContain(`BadModule x.ll:${expected}`);
});

test('text that is cut short says so where it ends', () => {
  const whole = `${target}define i32 @f() {\n  ret i32 0\n}\n`;
  expect(message(whole)).toBe('read');
  expect(message(whole.slice(0, -3))).toContain('x.ll:4:12: the end of the text: the text is cut');
  expect(message(`${target}define i32 @f() {\n  ret i32`)).toContain('x.ll:4:10: the end');
});

test('IR of another target is refused', () => {
  const other = target.replace('x86_64-unknown-linux-gnu', 'wasm32');
  expect(message(other)).toContain('wasm32: IR of another target; compile with -target x86_64');
  expect(message(target.replace('"e-', '"E-'))).toContain('the big end first is not implemented');
  expect(message('define void @f() {\n  ret void\n}\n')).toContain('the text names no target');
});

test('what clang 15 writes otherwise is read: calls for debuggers, typed pointers', () => {
  const text = `${target}@g = global [2 x i32] zeroinitializer, align 4
define i32 @f(i32 %0, i32* nocapture readonly %1) {
  call void @llvm.dbg.value(metadata i32 %0, metadata !1, metadata !DIExpression()), !dbg !2
  %3 = getelementptr inbounds [2 x i32], [2 x i32]* @g, i64 0, i64 1
  %4 = load i32, i32* %3, align 4
  br label %5

5:                                                ; preds = %2
  %6 = phi i32 [ %4, %2 ]
  ret i32 %6
}
declare void @llvm.dbg.value(metadata, metadata, metadata) #0
attributes #0 = { nocallback nofree nosync nounwind readnone speculatable willreturn }
!1 = !DILocalVariable(name: "a", arg: 1)
!2 = !DILocation(line: 1, column: 2, scope: !1)
`;
  const { blocks } = readModule(text, 'x.ll').functions.get('f')!;
  expect(blocks.map(({ name }) => name)).toEqual(['2', '5']);
  expect(blocks[0]?.instructions.map(({ operation }) => operation.op)).toEqual([
    'getelementptr',
    'load',
    'br',
  ]);
});

test('a structure that contains itself, and deep nesting, are told', () => {
  expect(message(`${target}%a = type { %b }\n%b = type { %a }\n`)).toContain('contains itself');
  expect(message(`${target}@x = global ${'[1 x '.repeat(5000)}i8`)).toContain('nested too deeply');
});

test(`no text crashes the reader: ${inputs} texts from seed ${seed}`, () => {
  const sources = [fixture('constructs.0.ll'), fixture('constructs.2.ll')];
  let read = 0;
  for (let i = 0; i < inputs; i++) {
    const text = fuzzed(sources, seed + i);
    const own = message(text);
    if (own === 'read') read++;
    if (own.startsWith('crashed')) expect.fail(`SEED=${seed + i} C_PROGRAMS=1: ${own}`);
    if (own !== 'read') expect(own).toMatch(/x\.ll:\d+:\d+: .+: .+; .+/s);
  }
  // Both ends are reached: changes that matter and changes that do not.
  if (inputs >= 1000) expect(read).toBeGreaterThan(inputs / 100);
  if (inputs >= 1000) expect(read).toBeLessThan(inputs);
}, 3_600_000);
