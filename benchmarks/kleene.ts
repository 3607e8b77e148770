/**
 * How fast questions of Kleene algebra are decided, family by family, beside other programs.
 *
 *     npx rolldown benchmarks/kleene.ts --platform node --dir build
 *     node build/kleene.js FOLDER [--only NAME] [--seconds 3] [--check PAIRS] [--list]
 *       [--peer COMMAND]
 *
 * FOLDER holds files `{ family, instances: [{ id, rel, lhs, rhs, expect, cexLen }] }`. A peer is
 * called with a file of three lines, the relation (= or <=) and the two sides, and prints `holds`,
 * `fails` or `undecided` and how many seconds of the processor it took. All times are of the
 * processor. PAR2 is the time for what is solved, and twice the limit for each of the others.
 * With --check models are checked as well, and certificates of up to so many pairs, outside of the
 * time; larger ones are counted, and so are those that the checker gives up.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultOf } from '../src/kleene/decision/certificate.ts';
import { type Decision, decide } from '../src/kleene/decision/decide.ts';
import { type Answer, entails } from '../src/kleene/hypotheses/entail.ts';
import { proofFault } from '../src/kleene/hypotheses/proof.ts';
import { holdsIn, modelOf } from '../src/kleene/models/model.ts';
import { type Equation, parseEquation } from '../src/kleene/notation/parse.ts';
import { Clock, Exhausted, usual } from '../src/kleene/terms/limit.ts';
import { signature, untyped } from '../src/kleene/terms/signature.ts';
import { Terms } from '../src/kleene/terms/term.ts';

type Relation = 'eq' | 'leq';
interface Instance {
  readonly id: string;
  readonly rel: Relation;
  readonly lhs: string;
  readonly rhs: string;
  readonly expect: boolean | null;
  readonly cexLen?: number;
  readonly hyps?: readonly (readonly [Relation, string, string])[];
  readonly sig?: {
    readonly letters: Readonly<Record<string, readonly [string, string]>>;
    readonly tests: Readonly<Record<string, string>>;
  };
}

interface Result {
  readonly kind: Answer['kind'];
  readonly seconds: number;
  /** What is wrong with the answer. */
  readonly fault?: string | undefined;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    peer: { type: 'string', multiple: true, default: [] },
    seconds: { type: 'string', default: '3' },
    check: { type: 'string', default: '0' },
    list: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const mostChecked = Number(values.check);
let unchecked = 0;
const checked = { certificates: 0, seconds: 0 };
const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};
const limits = { milliseconds: 1e3 * seconds, pairs: 2e7, nodes: 2e7, now: processor };
const sign = (rel: Relation) => (rel === 'eq' ? '=' : '<=');

function ours(instance: Instance): Result {
  const terms = new Terms();
  const { sig, hyps = [] } = instance;
  const begun = processor();
  const sorts = sig
    ? signature(new Map(Object.entries(sig.letters)), new Map(Object.entries(sig.tests)))
    : untyped;
  const read = (rel: Relation, left: string, right: string) =>
    parseEquation(terms, `${left} ${sign(rel)} ${right}`, sorts);
  const goal = read(instance.rel, instance.lhs, instance.rhs);
  const given = hyps.map(([rel, left, right]) => read(rel, left, right));
  const answer = given.length > 0 ? entails(goal, given, limits) : decide(goal, limits);
  const spent = (processor() - begun) / 1e3;
  if (spent > seconds) return { kind: 'undecided', seconds: spent };
  return { kind: answer.kind, seconds: spent, fault: faultIn(instance, goal, given, answer) };
}

function faultIn(
  { expect, cexLen }: Instance,
  goal: Equation,
  given: readonly Equation[],
  answer: Answer | Decision,
): string | undefined {
  if (answer.kind === 'undecided') return undefined;
  if (expect !== null && expect !== (answer.kind === 'holds')) return 'the answer is wrong';
  if (answer.kind === 'fails') {
    const { word } = answer;
    if (word && cexLen !== undefined && word.steps.length !== cexLen)
      return `a word of ${word.steps.length} letters, the shortest has ${cexLen}`;
    if (mostChecked === 0) return undefined;
    const model = 'model' in answer ? answer.model : modelOf(answer.word, goal, []);
    const holds = given.every((one) => holdsIn(one, model));
    return holds && !holdsIn(goal, model) ? undefined : 'the model refutes nothing';
  }
  if (mostChecked === 0) return undefined;
  if ('certificate' in answer && answer.certificate.pairs.length > mostChecked) {
    unchecked++;
    return undefined;
  }
  const begun = processor();
  try {
    const clock = new Clock({ ...usual, now: processor });
    return 'proof' in answer
      ? proofFault(goal, given, answer.proof, clock)
      : faultOf(answer.certificate, clock);
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    unchecked++;
    return undefined;
  } finally {
    checked.seconds += (processor() - begun) / 1e3;
    checked.certificates++;
  }
}

function peer(command: string, file: string): Result {
  const [program = '', ...rest] = command.split(' ');
  const options = { encoding: 'utf8', timeout: 2e4 * seconds, stdio: 'pipe' } as const;
  let text: string;
  try {
    text = execFileSync(program, [file, ...rest], options);
  } catch {
    return { kind: 'undecided', seconds };
  }
  const [kind, spent] = text.trim().split(/\s+/);
  if (kind !== 'holds' && kind !== 'fails' && kind !== 'undecided')
    throw new Error(`${command} printed ${JSON.stringify(text)}; it has to print a verdict`);
  return Number(spent) > seconds
    ? { kind: 'undecided', seconds }
    : { kind, seconds: Number(spent) };
}

interface Score {
  unsolved: number;
  wrong: number;
  seconds: number;
  par2: number;
}

function count(score: Score, result: Result): void {
  if (result.fault !== undefined) score.wrong++;
  if (result.kind === 'undecided') score.unsolved++;
  else score.seconds += result.seconds;
  score.par2 += result.kind === 'undecided' ? 2 * seconds : result.seconds;
}

function shown({ unsolved, wrong, seconds: spent, par2 }: Score, ratio = ''): string {
  const faults = wrong > 0 ? ` ${wrong} WRONG` : '';
  return `${unsolved} / ${spent.toFixed(2)} / ${par2.toFixed(2)}${faults}${ratio}`.padEnd(30);
}

function family(name: string, instances: readonly Instance[], folder: string): void {
  const fresh = (): Score => ({ unsolved: 0, wrong: 0, seconds: 0, par2: 0 });
  const mine = fresh();
  const others = values.peer.map((command) => ({ command, score: fresh() }));
  for (const instance of instances) {
    const file = join(folder, 'question');
    const lines = [sign(instance.rel), instance.lhs, instance.rhs];
    writeFileSync(file, `${lines.join('\n').replaceAll(' ', '')}\n`);
    const result = ours(instance);
    count(mine, result);
    if (result.fault !== undefined) console.log(`  ${instance.id}: ${result.fault}`);
    const told = [`${result.kind} ${result.seconds.toFixed(3)}`];
    for (const { command, score } of instance.hyps ? [] : others) {
      const answer = peer(command, file);
      const right =
        instance.expect === null ||
        answer.kind === 'undecided' ||
        instance.expect === (answer.kind === 'holds');
      count(score, { ...answer, fault: right ? undefined : 'wrong' });
      told.push(`${answer.kind} ${answer.seconds.toFixed(3)}`);
    }
    if (values.list) console.log(`  ${instance.id.padEnd(30)} ${told.join('   ')}`);
  }
  const cells = others.map(({ score }) =>
    shown(score, score.par2 > 0 ? `  x${(mine.par2 / score.par2).toFixed(2)}` : ''),
  );
  const size = String(instances.length).padStart(4);
  console.log(`${name.padEnd(12)}${size}  ${[shown(mine), ...cells].join('  ')}`);
}

const [data] = positionals;
if (data === undefined) throw new Error('name the folder of the questions');
const scratch = mkdtempSync(join(tmpdir(), 'kleene-benchmark-'));
try {
  const titles = ['this', ...values.peer].map((title) => title.padEnd(30));
  console.log(`${'family'.padEnd(12)}   n  ${titles.join('  ')}`);
  console.log(`${' '.repeat(18)}unsolved / seconds of the solved / PAR2, and ours over theirs`);
  const files = readdirSync(data).filter((file) => file.endsWith('.json'));
  for (const file of files.sort()) {
    const name = file.replace('.json', '');
    if (values.only.length > 0 && !values.only.includes(name)) continue;
    const { instances } = JSON.parse(readFileSync(join(data, file), 'utf8'));
    family(name, instances, scratch);
  }
  if (checked.certificates > 0)
    console.log(`${checked.certificates} certificates in ${checked.seconds.toFixed(1)} s`);
  if (unchecked > 0) console.log(`${unchecked} certificates are too large, and were not checked`);
} finally {
  rmSync(scratch, { recursive: true });
}
