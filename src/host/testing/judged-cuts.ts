/**
 * Cuts the power of a recorded scenario at every moment, recovers from what is left, and judges.
 *
 * After a cut the store holds what was acknowledged, and of a group whose sync was under way all
 * or nothing. So it does after cuts within the recovery, and with a disk that is lost as well.
 */

import type { Files, Sync } from '../files.ts';
import { HostError } from '../host-error.ts';
import { Recorder } from '../recorder.ts';
import { type CachedStoreOptions, openCachedStore } from '../store.ts';
import type { Tree } from '../survivors.ts';
import { surroundings } from './disks.ts';
import { MemoryFiles } from './memory-files.ts';
import { type Draw, Playback, type Survivor, seeded } from './sampled-cuts.ts';
import { type Layer, numberOf, type Played, places, type Scenario } from './scenario.ts';

export interface Share {
  /** How many mixtures are drawn at each moment, beside all lost and all kept. */
  readonly drawn: number;
  /** One of how many states is also cut within its recovery. */
  readonly again: number;
  readonly seed: number;
  /** A sync that did nothing. */
  readonly ignore?: Sync | undefined;
  /** Stops when so many different survivors were looked at. */
  readonly enough?: number;
}

export interface Judged {
  readonly moments: number;
  /** Different ones, of the run itself. */
  readonly survivors: number;
  /** Different ones that cuts within recoveries left. */
  readonly again: number;
  readonly wrong: string | undefined;
}

interface Allowed {
  /** What each address holds; the number of the transaction, 0 at first. */
  readonly now: number[];
  /** What the group adds whose sync is under way. */
  next: ReadonlyMap<number, number> | undefined;
  created: boolean;
}

/** What is wrong, or what is now known of the store. */
type Look = { readonly wrong: string } | { readonly seen: Allowed };

export async function judgeCuts(
  scenario: Scenario,
  { recorder, groups, size }: Played,
  share: Share,
): Promise<Judged> {
  const draw = seeded(share.seed);
  const playback = new Playback(recorder.unit);
  const allowed: Allowed = { now: Array(size).fill(0), next: undefined, created: false };
  const seen = new Set<string>();
  const deeper = new Set<string>();
  let moments = 0;
  const result = (wrong?: string): Judged => ({
    ...{ moments, survivors: seen.size, again: deeper.size, wrong },
  });
  let stage = '';
  for (const entry of recorder.log) {
    if (entry.kind === 'mark') {
      stage = entry.text;
      told(entry.text, allowed, groups);
    }
    playback.play(entry);
    if (!allowed.created) continue;
    moments++;
    for (const survivor of drawn(playback, share.drawn, draw)) {
      const key = `${stage} ${survivor.key}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const again = seen.size % share.again === 0 ? deeper : undefined;
      const wrong = await judge(scenario, survivor.tree(), allowed, draw, share, again);
      if (wrong) return result(`after ${stage}: ${wrong}`);
      if (seen.size >= (share.enough ?? Number.POSITIVE_INFINITY)) return result();
    }
  }
  return result();
}

function told(text: string, allowed: Allowed, groups: Played['groups']): void {
  const [what, which] = text.split(' ');
  if (what === 'created') allowed.created = true;
  else if (what === 'begin') allowed.next = groups[Number(which)];
  else {
    for (const [address, number] of allowed.next ?? []) allowed.now[address] = number;
    allowed.next = undefined;
  }
}

function* drawn(playback: Playback, count: number, draw: Draw): Generator<Survivor> {
  yield playback.survivor('none');
  if (!playback.anythingWaits) return;
  yield playback.survivor('all');
  for (let i = 0; i < count; i++) yield playback.survivor(draw);
}

type Options = Partial<CachedStoreOptions<Layer>>;

/** Recovers, and looks at everything; `deeper` also cuts within, and counts what that leaves. */
async function judge(
  scenario: Scenario,
  tree: Tree,
  allowed: Allowed,
  draw: Draw,
  share: Share,
  deeper: Set<string> | undefined,
  boot = 100,
): Promise<string | undefined> {
  const files = MemoryFiles.of(withoutLocks(tree), '/store');
  const recorder = deeper && recording(files, share.ignore);
  const from = recorder?.log.length ?? 0;
  const look = await looked(scenario, recorder ?? files, allowed, boot, {});
  if ('wrong' in look) return `boot ${boot}: ${look.wrong}`;
  const until = recorder?.log.length ?? 0;
  // What was seen once stays so, also when a disk is lost next.
  const lost = draw(4);
  if (lost < 2 && bothWhole(files)) {
    files.unlink(places[lost]!);
    const without = lost as 0 | 1;
    const less = await looked(scenario, files, look.seen, boot + 1, { without });
    if ('wrong' in less) return `boot ${boot + 1}, without disk ${lost}: ${less.wrong}`;
  }
  if (!(recorder && deeper)) return undefined;
  const cuts = cutsOf(recorder, [from, until], [allowed, look.seen], draw);
  for (const { key, tree, known } of cuts) {
    if (deeper.has(key)) continue;
    deeper.add(key);
    const next = boot < 103 && draw(8) === 0 ? deeper : undefined;
    const wrong = await judge(scenario, tree, known, draw, share, next, boot + 1);
    if (wrong) return `cut within recovery, ${wrong}`;
  }
  return undefined;
}

interface LaterCut {
  readonly key: string;
  readonly tree: Tree;
  readonly known: Allowed;
}

/** Some cuts of a recovery, and some of the moment when it was over and had been looked at. */
function cutsOf(
  { log, unit }: Recorder,
  [from, until]: readonly [number, number],
  [allowed, seen]: readonly [Allowed, Allowed],
  draw: Draw,
): LaterCut[] {
  const playback = new Playback(unit);
  const cuts: LaterCut[] = [];
  const cut = (known: Allowed, which: Draw | 'none') => {
    const survivor = playback.survivor(which);
    cuts.push({ key: survivor.key, tree: survivor.tree(), known });
  };
  log.slice(0, until).forEach((entry, at) => {
    playback.play(entry);
    if (at >= from && draw(8) === 0) cut(allowed, draw);
  });
  cut(seen, 'none');
  cut(seen, draw);
  return cuts;
}

function recording(files: Files, ignore: Sync | undefined): Recorder {
  const recorder = new Recorder(files, { unit: 512, ignore });
  recorder.adopt('/store');
  return recorder;
}

/** Opens the store as it is; what is wrong with what it holds. */
async function looked(
  { layer, blockSize }: Scenario,
  files: Files,
  allowed: Allowed,
  boot: number,
  more: Options,
): Promise<Look> {
  const around = surroundings(files, { boot });
  try {
    const store = await openCachedStore({ paths: places, layer, holds: 'test', ...more }, around);
    const look = lookedAt(store.layer, allowed, blockSize);
    store.close();
    return look;
  } catch (error) {
    if (error instanceof HostError) return { wrong: `refused: ${error.message}` };
    throw error;
  }
}

/** Each address holds what it held, or each what the group under way adds. */
function lookedAt(layer: Layer, allowed: Allowed, blockSize: number): Look {
  const { now, next } = allowed;
  const found = now.map((_, address) => numberOf(layer.read(address), blockSize));
  const then = now.map((before, address) => next?.get(address) ?? before);
  const kept = difference(found, now);
  const added = difference(found, then);
  if (kept && added) return { wrong: `${kept}; ${added}` };
  return { seen: { ...allowed, now: found, next: undefined } };
}

function difference(found: readonly number[], due: readonly number[]): string | undefined {
  const address = found.findIndex((number, i) => number !== due[i]);
  return address < 0 ? undefined : `block ${address} is ${found[address]}, not ${due[address]}`;
}

/** Whether a disk may be lost: no image says that it goes on alone. */
function bothWhole(files: MemoryFiles): boolean {
  return places.every((path) => {
    const file = files.open(path);
    const bytes = new Uint8Array(512);
    files.read(file, bytes, 0);
    return (bytes[48]! & 2) === 0;
  });
}

/** Locks of earlier boots are removed at sight: they make no difference. */
function withoutLocks(tree: Tree): Tree {
  return new Map([...tree].filter(([name]) => !name.includes('.lock.')));
}
