/** How a stack comes to be, and how recovery is shown one crash at a time. */
import type { TheoremSource } from './library.ts';

const argosy = 'Argosy (Chajed and others, PLDI 2019)';

export const beginningTheorems: readonly TheoremSource[] = [
  {
    name: 'initialisation',
    reads: 'the lower layer is initialised and then the upper one: so is the stack',
    says: 'i (a b) <= up i3 (R2 R1)',
    types: [
      ...['R1 : M -> C', 'R2 : T -> M', "b' : M -> M", 'b : C -> C', 'a : C -> C', 'i : C -> C'],
      ...['i2 : M -> M', 'i3 : T -> T', 'up2 : C -> M', 'up3 : M -> T', 'up : C -> T'],
    ],
    letters: {
      i: 'stays, in a state that is initial; i2 and i3 the same in the middle and at the top',
      up: 'from any state to any, and so are up2 and up3',
    },
    given: [
      {
        ...{ name: 'lower', says: 'i a <= up2 i2 R1' },
        reads: 'the lower layer, once initialised, stands for an initial state in the middle',
      },
      {
        ...{ name: 'simulated', says: "R1 b <= b' R1" },
        reads: 'the upper layer initialises itself on the lower as it does in the middle',
      },
      {
        ...{ name: 'upper', says: "i2 b' <= up3 i3 R2" },
        reads: 'and then it stands for an initial state of what it promises',
      },
      { name: 'anything', says: 'up2 up3 <= up', reads: 'up relates all to all' },
    ],
    paper: `${argosy}, compile_init_ok`,
    derivation: [
      [
        'conclusion',
        `   i (a b)
         = (i a) b
         <= (up2 i2 R1) b      { lower }
         = up2 i2 (R1 b)
         <= up2 i2 (b' R1)     { simulated }
         = up2 (i2 b') R1
         <= up2 (up3 i3 R2) R1 { upper }
         = (up2 up3) i3 (R2 R1)
         <= up i3 (R2 R1)      { anything }`,
      ],
    ],
  },
  {
    name: 'crash_safe_initialisation',
    reads:
      'power may fail in the initialisation of either layer as often as it likes: it is run ' +
      'again from the beginning, and when it ends the stack stands for an initial state',
    says: '[p] (x + i y)* (i j) <= (x + i y)* (up2 up3) [o] (R2 R1)',
    types: [
      ...['R1 : M -> C', 'R2 : T -> M', 'x : C -> C', 'i : C -> C', 'y : C -> C', 'j : C -> C'],
      ...["j' : M -> M", 'up2 : C -> M', 'up3 : M -> T', '[p] : C', '[q] : M', '[o] : T'],
    ],
    letters: {
      x: 'power fails while the lower layer is initialised',
      i: 'the lower layer is initialised, and says so',
      y: 'power fails while the upper layer is initialised',
      j: 'the upper layer is initialised, and says so',
      '[p]':
        'the lowest machine is in an initial state; [q] and [o] the same in the middle and ' +
        'at the top',
      up2: 'from any state to any, and so is up3',
    },
    given: [
      {
        ...{ name: 'kept', says: '[p] x <= [p] x [p]' },
        reads: 'after a crash in the initialisation of the lower layer it may be run again',
      },
      {
        ...{ name: 'kept above', says: '[p] i y <= [p] i y [p]' },
        reads: 'and also after a crash in that of the upper layer',
      },
      {
        ...{ name: 'lower', says: '[p] i <= up2 [q] R1' },
        reads: 'the lower layer, once initialised, stands for an initial state in the middle',
      },
      {
        ...{ name: 'simulated', says: "R1 j <= j' R1" },
        reads: 'the upper layer initialises itself on the lower as it does in the middle',
      },
      {
        ...{ name: 'upper', says: "[q] j' <= up3 [o] R2" },
        reads: 'and then it stands for an initial state of what it promises',
      },
    ],
    paper: `${argosy}, future work: crashes during init`,
    derivation: [
      [
        'one crash',
        `   [p] (x + i y)
         = [p] x + [p] i y
         <= [p] x [p] + [p] i y      { kept }
         <= [p] x [p] + [p] i y [p]  { kept above }
         = [p] (x + i y) [p]`,
      ],
      [
        'crashes',
        '[p] (x + i y)* \n <= [p] (x + i y)* [p] { invariant_star: r := x + i y; from one crash }',
      ],
      [
        'conclusion',
        `   [p] (x + i y)* (i j)
         <= [p] (x + i y)* [p] (i j)                   { crashes }
         <= (x + i y)* [p] (i j)                       { tests }
         = (x + i y)* ([p] i) j
         <= (x + i y)* (up2 [q] R1) j                  { lower }
         = (x + i y)* up2 [q] (R1 j)
         <= (x + i y)* up2 [q] (j' R1)                 { simulated }
         = (x + i y)* up2 ([q] j') R1
         <= (x + i y)* up2 (up3 [o] R2) R1             { upper }
         = (x + i y)* (up2 up3) [o] (R2 R1)`,
      ],
    ],
  },
  {
    name: 'idempotent_recovery',
    reads:
      'if a crash of the program is a state from which recovery may begin, and so is a crash of ' +
      'recovery, then the program with its recovery ends as recovery says',
    says: '[q] x (y* z) <= s',
    types: [
      ...['x : S -> S', 'a : S -> S', 's : S -> S', 'y : S -> S', 'z : S -> S', 'g : S -> G'],
      ...['d : G -> S', 'b : G -> S', 't : G -> S', 'any : S -> G'],
      ...['[p] : S', '[q] : S', '[u] : G'],
    ],
    letters: {
      '[q]': 'what may be assumed of the whole before it',
      '[p]': 'what may be assumed of the program before it',
      x: 'power fails in the program',
      a: 'what is promised of the program when power fails in it',
      y: 'power fails in recovery',
      z: 'recovery, to its end',
      g: 'chooses what recovery is told of how far the program came; d forgets it',
      '[u]': 'what may be assumed of recovery that is told this',
      b: 'what is promised of recovery when power fails in it',
      t: 'what is promised of recovery when it ends',
      s: 'what is promised of the whole when power fails in it',
      any: 'from any state to any, with anything that is told',
    },
    given: [
      {
        ...{ name: 'stronger', says: '[q] <= [p]' },
        reads: 'what may be assumed of the whole is enough for the program',
      },
      { name: 'crash', says: '[p] x <= [p] a', reads: 'the program keeps its crash condition' },
      {
        ...{ name: 'handed over', says: '[p] a <= a g [u] d' },
        reads: 'then something can be told to recovery with which it may begin',
      },
      {
        ...{ name: 'crash in recovery', says: '[u] d y <= [u] b' },
        reads: 'recovery keeps its crash condition',
      },
      {
        ...{ name: 'idempotent', says: '[u] b <= b g [u] d' },
        reads:
          'then, too, something can be told to it with which it may begin; that it ends in ' +
          'the same as before is not asked for',
      },
      { name: 'recovery', says: '[u] d z <= [u] t', reads: 'recovery does what is promised' },
      {
        ...{ name: 'concluded', says: '[q] any [u] t <= s' },
        reads:
          'and that is what is promised of the whole; it may be assumed here that recovery ' +
          'was allowed to begin',
      },
      { name: 'anything', says: 'a g <= any', reads: 'any relates all to all' },
      { name: 'anything again', says: 'any b g <= any', reads: 'and what comes after too' },
    ],
    paper: `${argosy}, proc_hspec_to_rspec, with two weaker premises`,
    derivation: [
      [
        'begun',
        `   [q] x
         <= [q] [q] x        { tests }
         <= [q] [p] x        { stronger }
         <= [q] ([p] a)      { crash }
         <= [q] (a g [u] d)  { handed over }
         <= [q] any [u] d    { anything }`,
      ],
      ['same', 'any [u] d'],
      [
        'begun again',
        `   (any [u] d) y
         = any ([u] d y)
         <= any ([u] b)         { crash in recovery }
         <= any (b g [u] d)     { idempotent }
         = (any b g) [u] d
         <= any [u] d           { anything again }`,
      ],
      ['crashes', '(any [u] d) y* \n <= any [u] d { induction last: same, begun again }'],
      [
        'conclusion',
        `   [q] x (y* z)
         = ([q] x) y* z
         <= ([q] any [u] d) y* z  { begun }
         = [q] ((any [u] d) y*) z
         <= [q] (any [u] d) z     { crashes }
         = [q] any ([u] d z)
         <= [q] any ([u] t)       { recovery }
         <= s                     { concluded }`,
      ],
    ],
  },
];
