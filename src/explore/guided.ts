/** Goes one given way through the graph of a layer. */
import { Choices, Diverged } from './choices.ts';
import type { Counterexample, Step } from './counterexample.ts';
import { decode } from './encode.ts';
import { type Attempt, Engine, idle, type LayerEdge, type Move, type Node } from './engine.ts';
import { type Instance, isAsync, type Layer, type Problem } from './instance.ts';
import { callOf } from './promised.ts';
import type { Machine } from './session.ts';
import { MachineBroken } from './store.ts';
import { keyOf } from './value.ts';

/** What is needed to follow a counterexample of the layer. */
export function instanceOf(layer: Layer, run: Counterexample): Instance {
  return { layer, operations: [], async: isAsync(layer.code), ...choice(run) };
}

function choice(run: Counterexample): Pick<Instance, 'blocks' | 'length'> {
  return { blocks: run.blocks.map((each) => decode(each) as never), length: run.length };
}

/** An engine in which the machines choose as they did in the run. */
export function engineFor(instance: Instance, run: Counterexample): Engine {
  return new Engine({ ...instance, ...choice(run) });
}

/** The state from which the run starts. */
export function startOf(engine: Engine, run: Counterexample): Node {
  const all = engine.starts().map((node) => engine.lowers.value(node.lower));
  const sizes = all.map((machine) => keyOf(machine).length);
  // The biggest has an example of everything that may occur in one.
  const template = all[sizes.indexOf(Math.max(...sizes))];
  return engine.start(decode(run.start, template) as Machine);
}

export function moveOf(step: Step): Move {
  const given = step.arguments.map((each) => decode(each));
  const call = step.do === idle.name ? idle : callOf(step.do, given);
  return { call, picks: step.picks, power: step.power };
}

/** Who looks on. */
export type Look = Pick<Attempt, 'watcher' | 'onEnd'>;

/** Takes one step from a node. Answers that the step does not give are the first there are. */
export async function advance(
  engine: Engine,
  node: Node,
  move: Move,
  look: Look = {},
): Promise<LayerEdge> {
  admit(node, move.call.name);
  try {
    return await take(engine, node, move, look);
  } catch (error) {
    if (!(error instanceof MachineBroken)) throw error;
    return { label: move, problem: error.problem };
  }
}

async function take(engine: Engine, node: Node, move: Move, look: Look): Promise<LayerEdge> {
  const { call, power } = move;
  const choices = new Choices(engine.sampler.base, move.picks);
  if (call === idle) return engine.lose(node, choices);
  const blocked = engine.blocked(node, call);
  if (blocked === 'skip') throw new Diverged(`${call.name}() may not be called here`);
  if (blocked) return { label: move, problem: blocked };
  const edge = await engine.execute({ node, call, choices, power, ...look });
  if (!edge.problem && edge.label.power !== power)
    throw new Diverged(`${call.name}() ends before power is lost`);
  return edge;
}

function admit(node: Node, name: string): void {
  const expected = { new: 'init', down: 'recover', up: undefined }[node.phase];
  const fits = expected ? name === expected : name !== 'init' && name !== 'recover';
  if (!fits) throw new Diverged(`${name} cannot come here`);
}

export interface Followed {
  /** Where it led; absent if it ended before. */
  readonly node: Node | undefined;
  /** The steps taken, with every answer that was given. */
  readonly path: readonly Move[];
  readonly problem: Problem | undefined;
}

/** Takes the steps one after the other, as far as they go. */
export async function follow(
  engine: Engine,
  start: Node,
  moves: readonly Move[],
): Promise<Followed> {
  const path: Move[] = [];
  let node = start;
  for (const move of moves) {
    const { label, to, problem } = await advance(engine, node, move);
    path.push(label);
    if (problem || !to) return { node: undefined, path, problem };
    node = to;
  }
  return { node, path, problem: undefined };
}

/** The same without checking what the code says of itself: only the promise counts. */
export function leniently(engine: Engine): Engine {
  engine.runner.checks = false;
  engine.lenient = true;
  return engine;
}
