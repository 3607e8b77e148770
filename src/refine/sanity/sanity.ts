/**
 * Checks that a proof says something (facts of sanity that Argosy lacks): every operation can run,
 * a crash and a fault can happen, some store can be initialised, an operation that changes the
 * promise can really change it, and no assumption contradicts another.
 *
 * Each check asks for a witness among small states, and calls its absence vacuous only if there is
 * none among all states.
 */
import { and, integer, less, not, or, type Term } from '../../logic/index.ts';
import type { Emptied, Verdict } from '../../report/event.ts';
import { lengthOf, type ObjectValue, termOf, Undecidable } from '../../symbolic/execute/index.ts';
import type { Position } from '../../symbolic/ir.ts';
import { placeOf, quick, type Settled } from '../discharge/discharge.ts';
import { branches } from '../obligations/branches.ts';
import { firstStates } from '../obligations/initialisation.ts';
import { type Model, silent } from '../obligations/model.ts';
import { nobody, type Obligation } from '../obligations/obligation.ts';
import { obligationsOf } from '../obligations/obligations.ts';
import { explanation, isReading, operation } from '../obligations/operation.ts';
import { crashSteps, recovery } from '../obligations/recovery.ts';
import { lowerOf, related } from '../obligations/relations.ts';
import { same } from '../promise/same.ts';
import type { Proving } from '../prove.ts';
import { neverAttached, neverCalled } from './unused.ts';

export interface Check {
  readonly at: Position;
  readonly because: string;
  /** What may be why, if it is so. */
  readonly blame: Emptied;
  /** Any one of these sets of facts, if it can be, is a witness. */
  readonly witnesses: Witnesses;
  /** If this never can be, something less is asked for. */
  readonly unless?: { readonly never: Witnesses; readonly witnesses: Witnesses };
}

type Witnesses = (model: Model) => readonly (readonly Term[])[];

/** How long sequences are in the states that are searched for a witness. */
const sizes = [2, 4, 8] as const;

/** How many turns the loops of a witness have that has not been found among fewer. */
const manyTurns = 300;

export async function sanity(
  proving: Proving,
  model: Model,
  settled: readonly Settled[],
): Promise<Verdict | undefined> {
  const unused = neverCalled(proving.program, model);
  if (unused) return vacuous(unused);
  return (await noChoice(proving, model, settled)) ?? all(proving, model, checksOf(model));
}

/** Whether each operation that may change the promise sometimes does, and each fault happens. */
export async function progress(proving: Proving, model: Model): Promise<Verdict | undefined> {
  const unused = neverAttached(proving.program, model);
  if (unused) return vacuous(unused);
  const checks = model.operations
    .filter((name) => !isReading(model, name))
    .map((name) => ({
      at: model.method(model.code, name).at,
      blame: 'code' as const,
      because: `${name}() never changes what the promise says it may change`,
      witnesses: (m: Model) => changes(m, name),
    }));
  return all(proving, model, checks);
}

async function all(
  proving: Proving,
  model: Model,
  checks: readonly Check[],
): Promise<Verdict | undefined> {
  const verdicts = await Promise.all(checks.map((c) => decide(proving, model, c)));
  return verdicts.find((v) => v?.kind === 'vacuous') ?? verdicts.find((v) => v?.kind === 'unknown');
}

/** A machine without a step in some small state. */
async function noChoice(
  { pool }: Proving,
  model: Model,
  settled: readonly Settled[],
): Promise<Verdict | undefined> {
  const open = settled.filter((s) => s.obligation.kind === 'choice' && s.answer.kind !== 'unsat');
  if (open.length === 0) return undefined;
  const stuck = open.find((s) => s.answer.kind === 'sat');
  if (stuck) return stepless(model, stuck.obligation);
  for (const size of sizes)
    for (const o of obligationsOf(model.small(size)).obligations) {
      if (o.kind !== 'choice') continue;
      const answer = await pool.solve({ name: o.text, given: [...o.given, not(o.goal)] });
      if (answer.kind === 'sat') return stepless(model, o);
    }
  return undefined;
}

function stepless(model: Model, { about, text, at }: Obligation): Verdict {
  const because = `${about}: this is false in some state: ${text}`;
  const own = ownerOf(model, at);
  return { kind: 'vacuous', because, at: placeOf(at), ...(own && { blame: own }) };
}

/** Whose method stands around this place. */
function ownerOf({ program, promise, lower }: Model, at: Position): Emptied | undefined {
  const above = [...program.functions.values()]
    .filter((each) => each.at.file === at.file && each.at.line <= at.line)
    .sort((a, b) => b.at.line - a.at.line);
  const self = above[0]?.self;
  return self === promise.key ? 'promise' : self === lower.key ? 'machine' : undefined;
}

function vacuous({ at, because, blame }: Pick<Check, 'at' | 'because' | 'blame'>): Verdict {
  return { kind: 'vacuous', because, at: placeOf(at), blame };
}

async function decide(proving: Proving, model: Model, check: Check): Promise<Verdict | undefined> {
  const { unless } = check;
  const less =
    unless !== undefined && !(await inSmall(proving, model, unless.never, check.because));
  const witnesses = less ? unless.witnesses : check.witnesses;
  if (await inSmall(proving, model, witnesses, check.because)) return undefined;
  for (const given of witnesses(model)) {
    const answer = await proving.pool.solve({ name: `none: ${check.because}`, given });
    if (answer.kind !== 'unsat' && (await inLong(proving, model, witnesses, check.because)))
      return undefined;
    if (answer.kind !== 'unsat')
      return {
        kind: 'unknown',
        reason: 'bound',
        because: `no witness was found against this: ${check.because}`,
        at: placeOf(check.at),
        remedy: 'weaken what is assumed, or make a state in which it happens smaller',
      };
  }
  return vacuous(check);
}

/** Whether one of the witnesses can be, among small states. */
async function inSmall(
  proving: Proving,
  model: Model,
  witnesses: Witnesses,
  because: string,
): Promise<boolean> {
  for (const size of sizes)
    if (await isOne(proving, witnesses(model.small(size)), because)) return true;
  return false;
}

/** The same where loops have many turns, if not every turn parts ways. */
async function inLong(
  proving: Proving,
  model: Model,
  witnesses: Witnesses,
  because: string,
): Promise<boolean> {
  try {
    return await isOne(proving, witnesses(model.small(sizes[0], manyTurns)), because);
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    return false;
  }
}

async function isOne(
  { pool }: Proving,
  all: readonly (readonly Term[])[],
  because: string,
): Promise<boolean> {
  for (const given of all) {
    const answer = await pool.solve({ name: `witness: ${because}`, given }, quick);
    if (answer.kind === 'sat') return true;
  }
  return false;
}

function checksOf(model: Model): readonly Check[] {
  const { layer, code, promise, lower } = model;
  const named = (name: string) => model.method(code, name).at;
  const checks: Check[] = [
    {
      at: layer.at,
      blame: 'annotation',
      because: 'the abstraction holds of no state',
      witnesses: (m) => [related(m).state.given()],
    },
    {
      at: named('init'),
      blame: 'code',
      because: 'init() never answers true for a store that holds something',
      witnesses: (m) => initialised(m, true),
      unless: { never: fullStates, witnesses: (m) => initialised(m, false) },
    },
    {
      at: named('recover'),
      blame: 'code',
      because: 'recover() never runs to its end',
      witnesses: (m) => recovery(m, undefined, nobody()).map((o) => o.state.given()),
    },
    {
      at: promise.at,
      blame: 'promise',
      because: 'a crash of the promise has no step',
      witnesses: crashesOfPromise,
    },
    { at: lower.at, blame: 'machine', because: 'a crash has no step', witnesses: crashesBelow },
  ];
  for (const name of model.operations) {
    checks.push({
      at: model.method(promise, name).at,
      blame: 'code',
      because: `${name}() never runs to its end`,
      witnesses: (m) => operation(m, name, nobody()).map((o) => o.state.given()),
    });
  }
  return [...checks, ...branches(model)];
}

/** Ways in which init() answers true; if wanted, for a machine that held something. */
function initialised(model: Model, full: boolean): readonly (readonly Term[])[] {
  return firstStates(model, silent).flatMap((state) => {
    if (full) state.assume(holdsSomething(model, lowerOf(state)));
    state.objects.set('code', model.memory(state));
    return model
      .runCode('init', [], state, silent)
      .flatMap((o) =>
        o.kind === 'return' && o.value ? [[...o.state.given(), termOf(o.value)]] : [],
      );
  });
}

/** First states in which the machine holds something. */
function fullStates(model: Model): readonly (readonly Term[])[] {
  return firstStates(model, silent).map((state) => [
    ...state.given(),
    holdsSomething(model, lowerOf(state)),
  ]);
}

function holdsSomething(model: Model, object: ObjectValue): Term {
  return and(
    ...model.lower.fields.flatMap(({ name, type }) => {
      const value = object.fields.get(name);
      const isSequence = type?.kind === 'array' || type?.kind === 'bytes';
      return isSequence && value ? [less(integer(0), lengthOf(value))] : [];
    }),
  );
}

function crashesOfPromise(model: Model): readonly (readonly Term[])[] {
  const { state, promise } = related(model);
  return crashSteps(model, promise, silent).steps.map((s) => [...state.given(), ...s.conditions]);
}

function crashesBelow(model: Model): readonly (readonly Term[])[] {
  return [model.powerLoss(related(model).state, silent).given()];
}

/** Runs of an operation after which the promise is in another state than before. */
function changes(model: Model, name: string): readonly (readonly Term[])[] {
  const witnesses: (readonly Term[])[] = [];
  operation(model, name, nobody(), {}, (outcome, steps, promise, promised, code) => {
    const changing = steps.steps.map((step) => ({
      step,
      changed: differs(model, promise, step.after),
    }));
    const explained = or(
      ...changing.map(({ step, changed }) =>
        and(
          ...step.conditions,
          changed,
          explanation(model, 'given', outcome, { ...steps, steps: [step] }, promised, code),
        ),
      ),
    );
    witnesses.push([...outcome.state.given(), explained]);
  });
  return witnesses;
}

function differs(model: Model, before: ObjectValue, after: ObjectValue): Term {
  return not(
    and(
      ...model.promise.fields.flatMap(({ name, type }) => {
        const a = before.fields.get(name);
        const b = after.fields.get(name);
        return type && a && b && a !== b ? [same(model, type, a, b)] : [];
      }),
    ),
  );
}
