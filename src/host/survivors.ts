/**
 * What a power cut may leave of a recorded run.
 *
 * Of each location any value survives that was set since it was last made durable, or the durable
 * one, independently of every other location: content, sizes and names alike. This is the weakest
 * sane reading of POSIX. Since no location waits for another, the survivors of one moment are the
 * product of what each location may hold; the order of writes to one location is kept.
 */
import { basename } from 'node:path';
import { type Files, writeFully } from './files.ts';
import type { Entry, Location, Recorder, Value } from './recorder.ts';

/** Name to content, of the files of one directory. */
export type Tree = ReadonlyMap<string, Uint8Array>;

export interface Cut {
  /** How many entries of the log lie before it. */
  readonly at: number;
  /** What the outside world has been told by then. */
  readonly marks: readonly string[];
  readonly tree: Tree;
}

export interface Counts {
  /** Moments at which power was cut. */
  moments: number;
  /** Combinations of survivors over all of them. */
  survivors: number;
  /** Different ones: what was told, and what is left. */
  states: number;
}

interface History {
  readonly location: Location;
  /** The durable value first. */
  values: Value[];
}

/** Every different outcome of cutting power, at every moment from `from` on. */
export function* powerCuts(
  { log, unit }: Pick<Recorder, 'log' | 'unit'>,
  counts: Counts = { moments: 0, survivors: 0, states: 0 },
  from = 0,
): Generator<Cut, Counts> {
  const histories = new Map<string, History>();
  const marks: string[] = [];
  const seen = new Set<string>();
  for (let at = 0; at <= log.length; at++) {
    if (at > 0) replay(log[at - 1]!, histories, marks);
    if (at < from) continue;
    counts.moments++;
    for (const tree of survivors([...histories.values()], unit)) {
      counts.survivors++;
      const key = `${marks.length}\n${keyOf(tree)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      counts.states++;
      yield { at, marks: [...marks], tree };
    }
  }
  return counts;
}

function replay(entry: Entry, histories: Map<string, History>, marks: string[]): void {
  if (entry.kind === 'mark') marks.push(entry.text);
  else if (entry.kind === 'set') {
    const { kind, of, unit } = entry.location;
    const key = `${kind} ${of} ${unit}`;
    const found = histories.get(key);
    if (found) found.values.push(entry.value);
    else histories.set(key, { location: entry.location, values: [null, entry.value] });
  } else
    for (const history of histories.values())
      if (entry.covers(history.location)) history.values = history.values.slice(-1);
}

/** Every choice of one value for each location, the oldest values first. */
function* survivors(histories: readonly History[], unit: number): Generator<Tree> {
  const chosen = histories.map(() => 0);
  for (;;) {
    yield treeOf(histories, chosen, unit);
    let place = 0;
    while (place < chosen.length && chosen[place] === histories[place]!.values.length - 1)
      chosen[place++] = 0;
    if (place === chosen.length) return;
    chosen[place]!++;
  }
}

function treeOf(histories: readonly History[], chosen: readonly number[], unit: number): Tree {
  const sizes = new Map<number, number>();
  const names: [string, number][] = [];
  const units: [number, number, Uint8Array][] = [];
  histories.forEach(({ location: { kind, of, unit: which }, values }, i) => {
    const value = values[chosen[i]!]!;
    if (value === null) return;
    if (kind === 'name') names.push([basename(of as string), value as number]);
    else if (kind === 'size') sizes.set(of as number, value as number);
    else units.push([of as number, which, value as Uint8Array]);
  });
  const tree = new Map<string, Uint8Array>();
  for (const [name, file] of names.sort()) {
    const content = new Uint8Array(sizes.get(file) ?? 0);
    for (const [of, which, value] of units) {
      const room = content.length - which * unit;
      if (of === file && room > 0) content.set(value.subarray(0, room), which * unit);
    }
    tree.set(name, content);
  }
  return tree;
}

function keyOf(tree: Tree): string {
  return [...tree]
    .map(([name, content]) => `${name}:${Buffer.from(content).toString('latin1')}`)
    .join('\n');
}

/** Makes `directory` hold exactly the files of `tree`. */
export function rebuild(tree: Tree, directory: string, files: Files): void {
  for (const name of files.list(directory)) files.unlink(`${directory}/${name}`);
  for (const [name, content] of tree) {
    const file = files.create(`${directory}/${name}`);
    writeFully(files, file, content, 0);
    files.close(file);
  }
}
