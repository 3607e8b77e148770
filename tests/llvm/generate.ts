/** Generates C functions over a few globals: what differs between engines shows in them. */
import { Random } from '../../src/llvm/testing/random.ts';

export const integerTypes = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64'] as const;
type IntegerType = (typeof integerTypes)[number];

/** What the linker wants for products of 64 bits, and freestanding C has not. */
export const multiply128 = `#ifdef __wasm__
unsigned __int128 __multi3(unsigned __int128 a, unsigned __int128 b) {
  unsigned long long x = a, y = b, m = 0xffffffff;
  unsigned long long low = (x & m) * (y & m), up = (x >> 32) * (y & m), down = (x & m) * (y >> 32);
  unsigned long long middle = (low >> 32) + (up & m) + (down & m);
  unsigned long long high = (x >> 32) * (y >> 32) + (up >> 32) + (down >> 32) + (middle >> 32);
  high += x * (unsigned long long)(b >> 64) + (unsigned long long)(a >> 64) * y;
  return (unsigned __int128)high << 64 | middle << 32 | (low & m);
}
#endif
`;

const prelude = `typedef signed char i8; typedef unsigned char u8; typedef short i16;
typedef unsigned short u16; typedef int i32; typedef unsigned u32; typedef long long i64;
typedef unsigned long long u64;
struct row { u32 a; i8 b; u16 c[4]; i64 d; u8 e; };
struct bits { u32 x : 5; i32 y : 7; u32 z : 20; };
union both { u64 whole; u8 parts[8]; };
u32 count; i64 total; u8 flag; _Bool yes; struct bits packed; union both both;
u8 bytes[8]; i32 words[8]; u64 big[4]; u16 halves[16]; struct row rows[4]; struct row one;
const u8 fixed[4] = { 3, 200, 17, 0 }; i16 start[4] = { -1, 2, -300, 9 };
i32 (*choice)(i32, i32);
static i32 plus(i32 a, i32 b) { return (i32)((u32)a + (u32)b); }
static i32 less(i32 a, i32 b) { return a < b; }
`;

/** The globals whose contents are compared. */
export const globals = [
  ...['count', 'total', 'flag', 'yes', 'packed', 'both', 'bytes', 'words', 'big', 'halves'],
  ...['rows', 'one', 'start'],
];

export interface Parameter {
  readonly name: string;
  readonly type: IntegerType;
}

export interface Program {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

export interface Batch {
  readonly text: string;
  readonly programs: readonly Program[];
}

export function generate(seed: number, count: number): Batch {
  const parts: string[] = [multiply128, prelude];
  const programs: Program[] = [];
  for (let i = 0; i < count; i++) {
    const writer = new Writer(new Random(seed + i), i % 3 === 0 ? undefined : programs[i - 1]);
    const name = `p${i}`;
    parts.push(writer.write(name));
    programs.push({ name, parameters: writer.parameters });
  }
  return { text: parts.join('\n'), programs };
}

class Writer {
  readonly parameters: Parameter[];
  readonly #random: Random;
  readonly #before: Program | undefined;
  #variables: Parameter[];
  #constant: string[] = [];
  #fresh = 0;
  #called = false;

  constructor(random: Random, before: Program | undefined) {
    this.#random = random;
    this.#before = before;
    this.parameters = ['a', 'b', 'c'].map((name) => ({ name, type: random.pick(integerTypes) }));
    this.#variables = [...this.parameters];
  }

  write(name: string): string {
    const parameters = this.parameters.map((one) => `${one.type} ${one.name}`).join(', ');
    const body = Array.from({ length: 3 + this.#random.below(5) }, () => this.#statement(2));
    const pure = this.#random.chance(30) ? '__attribute__((noinline)) ' : '';
    return `${pure}u64 ${name}(${parameters}) {\n${body.join('\n')}\nreturn ${this.#any(3)};\n}`;
  }

  #statement(depth: number): string {
    const random = this.#random;
    const kind = random.below(depth > 0 ? 14 : 6);
    if (kind < 3) return this.#declaration();
    if (kind < 6) return `${this.#place()} ${this.#assignment()} ${this.#any(2)};`;
    if (kind < 8) return `if (${this.#any(2)}) ${this.#block(depth)} else ${this.#block(depth)}`;
    if (kind < 10) return this.#loop(depth);
    if (kind === 10) return this.#switch(depth);
    if (kind === 11) return this.#whole();
    if (kind === 12) return this.#early();
    return `choice = ${random.pick(['plus', 'less'])};`;
  }

  #declaration(): string {
    const type = this.#random.pick(integerTypes);
    const value = this.#any(3);
    const name = `v${this.#fresh++}`;
    this.#variables.push({ name, type });
    return `${type} ${name} = ${value};`;
  }

  #assignment(): string {
    return this.#random.pick(['=', '=', '=', '^=', '|=', '&=']);
  }

  #block(depth: number): string {
    const outer = [...this.#variables];
    const body = Array.from({ length: 1 + this.#random.below(2) }, () =>
      this.#statement(depth - 1),
    );
    this.#variables = outer;
    return `{ ${body.join(' ')} }`;
  }

  #loop(depth: number): string {
    const name = `n${this.#fresh++}`;
    const bound = 1 + this.#random.below(3);
    const outer = [...this.#variables];
    this.#variables.push({ name, type: 'i32' });
    this.#constant.push(name);
    const end = this.#random.chance(30) ? `if (${this.#any(1)}) break;` : '';
    const body = this.#block(depth);
    this.#variables = outer;
    return `for (i32 ${name} = 0; ${name} < ${bound}; ${name}++) { ${end} ${body} }`;
  }

  #switch(depth: number): string {
    const cases = Array.from({ length: 2 + this.#random.below(4) }, (_, i) => {
      const leave = this.#random.chance(80) ? 'break;' : '';
      return `case ${i * (1 + this.#random.below(3)) + i * 10}: ${this.#block(depth)} ${leave}`;
    });
    const value = `(${this.#any(1)}) % 41`;
    return `switch ((u32)${value}) { ${cases.join(' ')} default: ${this.#block(depth)} }`;
  }

  #whole(): string {
    const row = `rows[${this.#index(4)}]`;
    const zero = 'int z = 0; z < sizeof(rows); z++) ((u8 *)rows)[z] = 0';
    return this.#random.pick([
      `one = ${row};`,
      `${row} = one;`,
      `rows[${this.#index(4)}] = ${row};`,
      `__builtin_memset(&one, ${this.#random.below(2)}, sizeof one);`,
      `__builtin_memcpy(words, big, 32);`,
      `__builtin_memmove(bytes + 1, bytes, 5);`,
      `for (${zero};`,
      `{ struct row copy = ${row}; copy.a += 7; one = copy; }`,
    ]);
  }

  #early(): string {
    return `if (${this.#any(2)} == ${this.#random.below(5)}) return ${this.#any(1)};`;
  }

  /** Mostly within bounds. */
  #index(size: number): string {
    return this.#random.chance(90) ? `(${this.#any(1)}) & ${size - 1}` : `(u8)${this.#any(1)} % 9`;
  }

  #place(): string {
    const own = this.#variables.filter(({ name }) => !this.#constant.includes(name));
    return this.#random.chance(40) && own.length > 0
      ? this.#random.pick(own).name
      : this.#global(true);
  }

  #global(writable: boolean): string {
    const row = () => `rows[${this.#index(4)}]`;
    const named = [
      ...['count', 'total', 'flag', 'yes', 'packed.x', 'packed.y', 'packed.z', 'both.whole'],
      ...['one.a', 'one.b', 'one.d', 'one.e'],
    ];
    const kind = this.#random.below(10);
    if (kind < 3) return this.#random.pick(named);
    if (kind === 3) return `bytes[${this.#index(8)}]`;
    if (kind === 4) return `words[${this.#index(8)}]`;
    if (kind === 5) return `big[${this.#index(4)}]`;
    if (kind === 6) return `halves[${this.#index(16)}]`;
    if (kind === 7) return `${row()}.${this.#random.pick(['a', 'b', 'd', 'e'])}`;
    if (kind === 8) return `${row()}.c[(${this.#any(1)}) & 3]`;
    return writable ? `both.parts[${this.#index(8)}]` : `fixed[${this.#index(4)}]`;
  }

  #any(depth: number): string {
    const random = this.#random;
    if (depth === 0 || random.chance(20)) return this.#leaf();
    const kind = random.below(16);
    const [a, b] = [this.#any(depth - 1), this.#any(depth - 1)];
    if (kind < 4) return this.#tame(random.pick(['+', '-', '*']), a, b);
    if (kind < 6) return `((${a}) ${random.pick(['&', '|', '^'])} (${b}))`;
    if (kind === 6) return this.#division(a, b);
    if (kind === 7) return this.#shift(a, b);
    if (kind < 10) return `((${a}) ${random.pick(['<', '<=', '>', '>=', '==', '!='])} (${b}))`;
    if (kind === 10) return `((${random.pick(integerTypes)})(${a}))`;
    if (kind === 11) return `((${a}) ? (${b}) : (${this.#leaf()}))`;
    if (kind === 12) return `((${a}) ${random.pick(['&&', '||'])} (${b}))`;
    if (kind === 13) return `(${random.pick(['~', '!'])}(${a}))`;
    if (kind === 14) return this.#builtin(a, b);
    return this.#call(a, b);
  }

  #leaf(): string {
    const random = this.#random;
    const kind = random.below(10);
    if (kind < 5) return random.pick(this.#variables).name;
    if (kind < 8) return String(random.pick([0, 1, 2, 3, 7, 8, 15, 31, 63, 100, 255, 4096, 65535]));
    return random.pick(['count', 'total', 'flag', 'packed.y', 'one.d', 'start[1]', 'yes']);
  }

  /** Mostly of operands whose result fits, so that most programs are defined. */
  #tame(operator: string, a: string, b: string): string {
    const random = this.#random;
    const kind = random.below(20);
    if (kind < 4) return `((${a}) ${operator} (${b}))`;
    if (kind < 7) return `((u32)(${a}) ${operator} (u32)(${b}))`;
    if (kind < 12) return `((u64)(${a}) ${operator} (u64)(${b}))`;
    if (kind < 16) return `((i32)(i16)(${a}) ${operator} (i32)(i8)(${b}))`;
    return `((i64)(i32)(${a}) ${operator} (i64)(i16)(${b}))`;
  }

  #division(a: string, b: string): string {
    const operator = this.#random.pick(['/', '%']);
    const unsigned = this.#random.pick(['u8', 'u16', 'u32', 'u64']);
    return this.#random.pick([
      `((${a}) ${operator} ((${unsigned})(${b}) | 1))`,
      `((i32)(i16)(${a}) ${operator} ((i8)(${b}) | 3))`,
      `((i64)(${a}) ${operator} ${1 + this.#random.below(20)})`,
      `((u64)(${a}) ${operator} ${1 << this.#random.below(6)})`,
      ...(this.#random.chance(40) ? [`((${a}) ${operator} (${b}))`] : []),
    ]);
  }

  #shift(a: string, b: string): string {
    const operator = this.#random.pick(['<<', '>>']);
    const type = this.#random.pick(['u32', 'u64', 'i32', 'i64']);
    const most = type.endsWith('32') ? 31 : 63;
    const wild = this.#random.chance(20);
    return `((${type})(${a}) ${operator} ${wild ? `((u8)(${b}) % 70)` : `((${b}) & ${most})`})`;
  }

  #builtin(a: string, b: string): string {
    const rotated = '(x << 7) | (x >> 25)';
    return this.#random.pick([
      `__builtin_popcountll(${a})`,
      `__builtin_clz((u32)(${a}) | 1)`,
      `__builtin_ctzll((${a}) | 256)`,
      `__builtin_bswap32(${a})`,
      `__builtin_bswap64(${a})`,
      `__builtin_bitreverse16(${a})`,
      `({ i32 r; __builtin_add_overflow(${a}, ${b}, &r) + r; })`,
      `({ u32 r; __builtin_sub_overflow((u32)(${a}), (u32)(${b}), &r) + r; })`,
      `({ i64 r; __builtin_mul_overflow((i64)(${a}), (i64)(${b}), &r) ^ r; })`,
      `({ u32 x = (${a}); ${rotated}; })`,
      `({ i32 x = (i16)(${a}); x < 0 ? -x : x; })`,
      `({ u16 x = (${a}); u16 y = (${b}); x < y ? x : y; })`,
      `({ i64 x = (${a}); i64 y = (${b}); x > y ? x : y; })`,
      `({ u8 x = (${a}); u8 y = (${b}); x > y ? x - y : 0; })`,
    ]);
  }

  #call(a: string, b: string): string {
    if (this.#random.chance(30)) return `(choice ? choice(${a}, ${b}) : 5)`;
    // Few calls of few: programs stay quick.
    if (!this.#before || this.#called || this.#constant.length > 0) return `plus(${a}, ${b})`;
    this.#called = true;
    return `${this.#before.name}(${a}, ${b}, ${this.#leaf()})`;
  }
}
