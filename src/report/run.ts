/** A run as a whole, for printers of documents: they can say nothing before it has ended. */
import { explained } from './codes.ts';
import type { Blame, Conjunct, Emptied, Place, Reporter, RunEvent, Verdict } from './event.ts';

export type Of<E extends RunEvent['event']> = Extract<RunEvent, { event: E }>;

/** A verdict with what led to it. */
export interface Judged {
  readonly verdict: Of<'verdict'>;
  readonly obligations: readonly Of<'obligation'>[];
  readonly refusals: readonly Of<'refusal'>[];
  /** What was said about it afterwards. */
  readonly notes: string[];
}

export interface Run {
  readonly judged: readonly Judged[];
  /** What ended the run before its time. */
  readonly failures: readonly Of<'failure'>[];
  readonly exit: number;
}

/** Keeps what it is told, and hands it on when the run has ended. */
export class RunCollector implements Reporter {
  private readonly finish: (run: Run) => void;
  private readonly judged: Judged[] = [];
  private readonly failures: Of<'failure'>[] = [];
  private obligations: Of<'obligation'>[] = [];
  private refusals: Of<'refusal'>[] = [];

  constructor(finish: (run: Run) => void) {
    this.finish = finish;
  }

  event(event: RunEvent): void {
    if (event.event === 'obligation') this.obligations.push(event);
    if (event.event === 'refusal') this.refusals.push(event);
    if (event.event === 'note') this.judged.at(-1)?.notes.push(event.text);
    if (event.event === 'failure') this.failures.push(event);
    if (event.event === 'verdict') this.verdict(event);
    if (event.event === 'end')
      this.finish({ judged: this.judged, failures: this.failures, exit: event.exit });
  }

  private verdict(verdict: Of<'verdict'>): void {
    const { obligations, refusals } = this;
    this.judged.push({ verdict, obligations, refusals, notes: [] });
    this.obligations = [];
    this.refusals = [];
  }
}

/** Tells several printers, in this order. */
export function several(reporters: readonly Reporter[]): Reporter {
  return {
    event(event) {
      for (const reporter of reporters) reporter.event(event);
    },
  };
}

/** The place that a reader is to look at first. */
export function placeOf({ verdict, at, file }: Of<'verdict'>): Place {
  const own = verdict.kind === 'refuted' ? wrongPlace(verdict.trace) : placed(verdict);
  return own ?? at ?? { file, line: 1, column: 1 };
}

function placed(verdict: Of<'verdict'>['verdict']): Place | undefined {
  return 'at' in verdict ? verdict.at : undefined;
}

type Trace = Extract<Of<'verdict'>['verdict'], { kind: 'refuted' }>['trace'];

/** The line that fails, else where power went last, else what was done last. */
function wrongPlace({ at, steps }: Trace): Place | undefined {
  if (at) return at;
  const cut = steps.findLast((step) => step.cut?.at)?.cut?.at;
  return cut ?? steps.flatMap(({ effects }) => effects).findLast((effect) => effect.at)?.at;
}

/** Whether it is well. Both kinds of being well are. */
export function isWell({ verdict }: Of<'verdict'>): boolean {
  return verdict.kind === 'proved' || verdict.kind === 'explored';
}

/** What a verdict says, a line each. */
export function linesOf({ verdict }: Of<'verdict'>): string[] {
  switch (verdict.kind) {
    case 'proved':
      return [explained(verdict).about];
    case 'explored':
      return [verdict.bound];
    case 'refuted':
    case 'vacuous':
      return [verdict.because, ...blameLines(verdict)];
    case 'unknown':
      return [
        `${verdict.because} (${verdict.reason})`,
        ...conjunctLines(verdict),
        ...stateLines(verdict),
        ...blameLines(verdict),
        ...(verdict.remedy ? [`try: ${verdict.remedy}`] : []),
      ];
    default:
      return verdict satisfies never;
  }
}

/** The part of an annotation that is not shown, in the user's words. */
function conjunctLines({ conjunct }: Verdict & { kind: 'unknown' }): string[] {
  if (!conjunct) return [];
  const { text, at } = conjunct;
  return [`${conjunctTitle(conjunct)}: ${text ?? `${at.file}:${at.line}:${at.column}`}`];
}

/** `not shown of the crash invariant`. */
export function conjunctTitle({ role }: Conjunct): string {
  return role === undefined ? 'what is not shown' : `not shown of the ${role}`;
}

/** A state in which an induction fails. */
export function stateLines({ state, blame }: Verdict & { kind: 'unknown' }): string[] {
  if (!state) return [];
  const title =
    blame === 'contract'
      ? 'it is false for these values:'
      : blame === 'proof'
        ? 'the proof does not reach these values, for which it may hold all the same:'
        : 'it fails in this state, which the code may never reach:';
  return [title, ...state.map((line) => `  ${line}`)];
}

const blames: Record<Blame, string> = {
  annotation: 'an annotation: it says too little, or something false',
  code: 'the code, or an annotation that allows more states than the code reaches',
  contract: 'what it ensures or requires: it is false as it stands',
  proof: 'its proof, or what it requires: no small values were found for which it is false',
};

const emptied: Record<Emptied, string> = {
  annotation: 'an annotation: no state is as it says',
  assumption: 'an assumption: no run is as it says',
  machine: 'the machine below, or an assumption that rules this out',
  promise: 'the promise',
  code: 'the code, an assumption or annotation that rules this out, or a promise of too much',
};

type Blaming = Verdict & { kind: 'unknown' | 'vacuous' | 'refuted' };

/** What is to be mended, as far as can be told; places as they are to be shown, if at all. */
export function blameLines(
  verdict: Blaming,
  shown: (place: Place) => string | undefined = () => undefined,
): string[] {
  const words = blamed(verdict, (place) => {
    const at = shown(place);
    return at === undefined ? '' : ` at ${at}`;
  });
  return words === undefined ? [] : [`to blame, as far as can be told: ${words}`];
}

function blamed(verdict: Blaming, at: (place: Place) => string): string | undefined {
  if (verdict.kind === 'unknown') return verdict.blame && blames[verdict.blame];
  if (verdict.kind === 'vacuous') return verdict.blame && emptied[verdict.blame];
  const { accused } = verdict;
  if (!accused) return undefined;
  const { code, promise } = accused;
  return promise
    ? `the code${at(code)}, or the promise${at(promise)} if it says too much`
    : `the line that fails${at(code)}, or what leads to it`;
}

/** The obligations that are not shown. */
export function openOf(obligations: readonly Of<'obligation'>[]): Of<'obligation'>[] {
  // Solvers answer in any order; readers look for a place.
  return obligations.filter(({ answer }) => answer !== 'proved').sort(byPlace);
}

function byPlace(a: Of<'obligation'>, b: Of<'obligation'>): number {
  const files = Number(a.at.file > b.at.file) - Number(a.at.file < b.at.file);
  const names = Number(a.name > b.name) - Number(a.name < b.name);
  return files || a.at.line - b.at.line || a.at.column - b.at.column || names;
}
