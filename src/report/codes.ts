/**
 * Every message that asks for something has a code that stays: its number begins with the exit it
 * leads to. docs/reference/codes.md is this table as a page; a test holds them together.
 */
import type { Verdict } from './event.ts';

export interface Explained {
  readonly code: string;
  readonly title: string;
  /** What it means. */
  readonly about: string;
  /** What to do about it. */
  readonly remedy: string;
}

export const codes = {
  proved: {
    code: 'PL-001',
    title: 'proved',
    about: 'The layer keeps its promise, for every size, content and loss of power.',
    remedy: 'Nothing is to be done. What the proof rests on is printed with it.',
  },
  explored: {
    code: 'PL-002',
    title: 'explored, and nothing found',
    about: 'Nothing is wrong within the bound that is stated. Beyond it nothing is known.',
    remedy: 'Prove the layer, or explore with larger `--blocks`, `--values` or `--operations`.',
  },
  refuted: {
    code: 'PL-101',
    title: 'refuted',
    about: 'A run of the real code, shown step by step, does what the promise does not allow.',
    remedy: 'Read the counterexample from its power cut on, mend the code, then `replay` it.',
  },
  vacuous: {
    code: 'PL-102',
    title: 'vacuous',
    about: 'The layer promises nothing, or can never be used: a proof of it would be worthless.',
    remedy: 'Mend the machine, the abstraction or the precondition at the place that is shown.',
  },
  timeout: {
    code: 'PL-201',
    title: 'no answer in time',
    about:
      'The clock ended a question: the `--timeout` that was given, or without one a limit that ' +
      'only a solver that hangs should meet. The layer may be right or wrong.',
    remedy:
      'Split the invariant into simpler conjuncts, give more `--timeout` or another `--solver`.',
  },
  memory: {
    code: 'PL-202',
    title: 'the solver ran out of memory',
    about: 'The question did not fit into the memory that one solver may use.',
    remedy: 'Split the invariant into simpler conjuncts, or ask fewer at once with `--jobs`.',
  },
  incomplete: {
    code: 'PL-203',
    title: 'no answer',
    about: 'The question cannot be decided as it stands, or a run no longer goes the way it went.',
    remedy:
      'Follow the remedy that is printed; after a change of the code, prove or explore again.',
  },
  annotation: {
    code: 'PL-204',
    title: 'an annotation is too weak',
    about:
      'Something could not be shown, and no run of the code was found that breaks the promise. ' +
      'Where a state is shown, it fails there; the code may never reach that state.',
    remedy:
      'Strengthen the invariant or the abstraction until it rules out the state that is shown.',
  },
  subset: {
    code: 'PL-205',
    title: 'a source is outside the subset',
    about:
      'The file holds constructs that Plimsoll does not read, or values that it cannot look into ' +
      'while the code runs, so nothing was decided.',
    remedy: 'Replace each of them by what is proposed with it; those that are refused are PL-210.',
  },
  bound: {
    code: 'PL-206',
    title: 'a bound was reached',
    about: 'There was more to try, or there were more paths to follow, than the limit allows.',
    remedy: 'Choose a smaller instance or simpler code, as the remedy that is printed says.',
  },
  measure: {
    code: 'PL-207',
    title: 'a measure is missing',
    about: 'Nothing shows that a loop, or a function that calls itself, ends.',
    remedy: 'Give it `decreases(() => ...)`: an integer that gets smaller and is never negative.',
  },
  solver: {
    code: 'PL-208',
    title: 'the solver cannot be relied on here',
    about: 'The solver failed, or its answers depend on the seed.',
    remedy: 'Split the invariant into simpler conjuncts, or try another `--solver`.',
  },
  unproved: {
    code: 'PL-209',
    title: 'what runs is not what was proved',
    about: 'A warning of `run`, which goes on: its sources are not those of a proof.',
    remedy: 'Prove the layer as it is now.',
  },
  refused: {
    code: 'PL-210',
    title: 'a construct is outside the subset',
    about: 'TypeScript allows it; Plimsoll does not say what it means, rather than guess.',
    remedy: 'Write what is proposed after `instead:`.',
  },
  certificate: {
    code: 'PL-211',
    title: 'the certificate does not show it',
    about:
      'A certificate is not there, is damaged, or is of other sources, other obligations or ' +
      'another version. Nothing is said about the layer itself.',
    remedy: 'Prove the layer as it is now with `prove --certify`, which writes a new one.',
  },
  misfit: {
    code: 'PL-212',
    title: 'the layers of a stack do not fit',
    about:
      'The theorem by which layers compose asks for something that these layers do not have: the ' +
      'hypothesis that fails is named. Nothing is said about the layers themselves.',
    remedy: 'Follow the remedy that is printed; docs/how-to/compose-layers.md has every case.',
  },
  layer: {
    code: 'PL-213',
    title: 'a layer of a stack is not proved',
    about: 'A stack is proved if every one of its layers is. The layer that is not is named.',
    remedy: 'Prove that layer: its own verdict, which is printed as well, says what is amiss.',
  },
  resources: {
    code: 'PL-214',
    title: 'no answer within the steps allowed',
    about:
      'The solver used up its steps, which are counted alike on every computer, however fast or ' +
      'busy. The layer may be right or wrong.',
    remedy:
      'Split the invariant into simpler conjuncts, allow more steps with `--effort`, or try ' +
      'another `--solver`.',
  },
  internal: {
    code: 'PL-299',
    title: 'an error of Plimsoll itself',
    about: 'Something went wrong that is not your fault. Nothing was decided.',
    remedy: 'Report it with the text that is printed.',
  },
  commandLine: {
    code: 'PL-301',
    title: 'the command line cannot be understood',
    about: 'A verb, a flag or a value is unknown, missing or one too many.',
    remedy: 'See `plimsoll --help`, or `--help` after the verb.',
  },
  input: {
    code: 'PL-302',
    title: 'a file that was named is no proof file',
    about: 'It is not there, or it is not a TypeScript file or a folder with a `proof.ts`.',
    remedy: 'Name a TypeScript file that declares a refinement.',
  },
  selection: {
    code: 'PL-303',
    title: 'nothing was selected',
    about: 'No layer has the name that was asked for, or none is declared and exported.',
    remedy: 'Leave out `--only` to see what there is; export what `refinement({ ... })` returns.',
  },
  source: {
    code: 'PL-304',
    title: 'a source has errors',
    about: 'The compiler finds errors of syntax or of types.',
    remedy: 'Mend them at the places that are shown.',
  },
  load: {
    code: 'PL-305',
    title: 'a source cannot be loaded',
    about: 'Importing the file as JavaScript failed, so its code cannot be run.',
    remedy: 'Mend what the message names, often a file that is imported and not there.',
  },
  unusableSolver: {
    code: 'PL-306',
    title: 'the solver that was asked for cannot be used',
    about: 'It is not on PATH, or it does not answer.',
    remedy: '`plimsoll doctor` says which solvers there are; leave `--solver` out for one of them.',
  },
  output: {
    code: 'PL-307',
    title: 'a file cannot be written',
    about: 'A report, a test, a counterexample or a first layer has no place to go.',
    remedy: 'Name a path in a folder that you may write to.',
  },
  counterexample: {
    code: 'PL-308',
    title: 'a counterexample cannot be read',
    about: 'The file is not there, is cut short, or was written by another version.',
    remedy: 'Give `replay` a file that `prove` or `explore` has written.',
  },
  store: {
    code: 'PL-309',
    title: 'a disk image cannot be used',
    about: 'The images are missing, damaged, in use, too many, too few, or not of one store.',
    remedy: 'Follow the message. Nothing is overwritten unless you ask for it.',
  },
  action: {
    code: 'PL-310',
    title: 'an action of `run` cannot be done',
    about: 'There is no such action, or its words do not fit it.',
    remedy: 'See the actions at the end of `plimsoll run --help`.',
  },
  equation: {
    code: 'PL-311',
    title: 'a certificate of an equation shows nothing',
    about:
      'The file is damaged, is of another equation, or what it brings does not show what it says.',
    remedy: 'Decide the equation again with `kleene --certificate`, which writes a new one.',
  },
} as const satisfies Readonly<Record<string, Explained>>;

export type CodeName = keyof typeof codes;

export function explained(verdict: Verdict): Explained {
  return codes[verdict.kind === 'unknown' ? verdict.reason : verdict.kind];
}
