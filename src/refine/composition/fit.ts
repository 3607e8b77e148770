/**
 * Whether layers fit: what the theorems of composition ask for beside the proofs of the layers.
 *
 * The letters are those of the theorems: docs/how-to/compose-layers.md.
 */
import type { Place } from '../../report/event.ts';
import type { Class, Position } from '../../symbolic/ir.ts';
import { placeOf } from '../discharge/discharge.ts';
import {
  awaits,
  bottomOf,
  isAsync,
  leavesOf,
  lowerOf,
  type Machine,
  type Node,
  nameOf,
  type Part,
  placesOf,
  promiseOf,
  same,
  titleOf,
  usedAt,
} from './part.ts';
import { hypothesis } from './theorem.ts';

/** What the theorem asks for, and the layers do not have. */
export interface Misfit {
  readonly at: Place;
  readonly because: string;
  readonly remedy: string;
  /** Whether such a stack can be run all the same, to see what goes wrong. */
  readonly runs?: boolean;
}

/** How the place of a class is shown. */
export type Shown = (at: Position) => string;

/** Everything that keeps the theorem from applying. */
export function misfitsOf(part: Part, shown: Shown): readonly Misfit[] {
  if (part.kind === 'layer') return [];
  const inner = part.parts.flatMap((one) => misfitsOf(one, shown));
  if (part.kind === 'beside') return inner;
  return [...inner, ...onTop(part, shown), ...recoveries(part)];
}

/** Sources that were read at different times may be different sources. */
export function changedBetween(part: Part): string | undefined {
  const known = new Map<string, string>();
  for (const { program } of leavesOf(part))
    for (const [file, hash] of program.files) {
      if ((known.get(file) ?? hash) !== hash) return file;
      known.set(file, hash);
    }
  return undefined;
}

function onTop(node: Node, shown: Shown): readonly Misfit[] {
  const [lower, upper] = node.parts;
  const [promised, on] = [promiseOf(lower), lowerOf(upper)];
  if (!same(promised, on)) return [otherMachine(node, promised, on, shown)];
  const hasty = bottomOf(upper).find((leaf) => !isAsync(leaf));
  if (!awaits(lower) || !hasty) return [];
  return [
    {
      at: placeOf(usedAt(lower)),
      because:
        `the code of ${titleOf(lower)} answers with promises, and that of ` +
        `${titleOf(hasty)} does not await them`,
      remedy: `write ${titleOf(hasty)} on AsyncOperations<${nameOf(on)}>`,
    },
  ];
}

function otherMachine(node: Node, promised: Machine, on: Machine, shown: Shown): Misfit {
  const [lower, upper] = node.parts.map(titleOf) as [string, string];
  const [below, above] = nameOf(promised) === nameOf(on) ? ['M', "M'"] : [promised, on].map(nameOf);
  const places = [promised, on].map((machine) => placesOf(machine).map(shown).join(' and '));
  const swapped = same(promiseOf(node.parts[1]), lowerOf(node.parts[0]));
  return {
    at: placeOf(usedAt(node.parts[1])),
    because:
      `the machine between is not one: ${lower} promises ${nameOf(promised)}, ${places[0]}, and ` +
      `${upper} is proved on ${nameOf(on)}, ${places[1]}${differences(promised, on)}. ` +
      `Of the theorem composition the hypothesis ${hypothesis('composition', 'upper')} is shown ` +
      `for x', y', z' on ${above}, and ${hypothesis('composition', 'crash')} for those on ${below}`,
    remedy: swapped
      ? `exchange the arguments: compose(${upper}, ${lower})`
      : `a layer that promises ${exactly(on, promised, shown)}, or ${upper} proved on ` +
        exactly(promised, on, shown),
  };
}

/** The name of a machine; where another has it too, with its place. */
function exactly(machine: Machine, other: Machine, shown: Shown): string {
  const name = nameOf(machine);
  return name === nameOf(other) ? `${name} of ${placesOf(machine).map(shown).join(' and ')}` : name;
}

/** How machines differ beyond where they are declared, as far as can be seen at a glance. */
function differences(promised: Machine, on: Machine): string {
  if (promised.kind !== 'class' || on.kind !== 'class') return '';
  const operations = [missing(on.found, promised.found), missing(promised.found, on.found)];
  const said = operations.flatMap((names, i) =>
    names.length > 0
      ? [`only ${i === 0 ? 'the second' : 'the first'} has ${names.join(', ')}`]
      : [],
  );
  if (said.length === 0 && promised.found.name === on.found.name)
    return ', two declarations of one name';
  return said.length > 0 ? `; ${said.join('; ')}` : '; they look alike, and are two machines';
}

function missing(of: Class, than: Class): readonly string[] {
  const names = (one: Class) =>
    one.methods.filter((m) => m.visibility === 'public').map((m) => `${m.name}()`);
  return names(of).filter((name) => !names(than).includes(name));
}

/** Nothing else than recovery makes a state of the machine between of what a crash left. */
function recoveries(node: Node): readonly Misfit[] {
  const { upperFirst } = node.tree;
  if (!upperFirst) return [];
  const [lower, upper] = node.parts.map(titleOf) as [string, string];
  const machine = nameOf(promiseOf(node.parts[0]));
  return [
    {
      at: placeOf(upperFirst),
      because:
        `recovery of ${upper} would run before that of ${lower}, on what a crash has left, which ` +
        `need not stand for a state of ${machine}. Of the theorem composition the hypothesis ` +
        `${hypothesis('composition', 'crash')} has recovery r of ${lower} come first; without it ` +
        "R1 x <= x' R1 would be needed, which nobody has shown",
      remedy: "recover: 'lower first', or nothing: it is the order that is taken anyway",
      runs: true,
    },
  ];
}
