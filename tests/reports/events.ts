/** A run with every kind of verdict, whose every name tries to be more than text. */
import type { Trace } from '../../src/explore/trace.ts';
import type { RunEvent, Verdict } from '../../src/report/event.ts';
import { type Run, RunCollector } from '../../src/report/run.ts';

/** Closes whatever is open in HTML, XML, JSON and workflow commands, and holds what XML cannot. */
export const hostile =
  '</pre></title><script>document.title="owned"</script>"\'>&amp;]]>' +
  '%0A\n::error::x\r\u0000\u0007\ud800';

export const file = '/home/code.ts';
export const folder = '/home';
export const source = [
  'export class Mirror {',
  '  write(address: number, block: Block): void {',
  '    this.pair.write(0, address, block); // </pre><script>document.title="owned"</script>',
  '    this.pair.write(1, address, block);',
  '  }',
  '}',
].join('\n');

export const at = { file, line: 3, column: 15 };
const second = { file, line: 4, column: 15 };

const field = { name: 'first', before: '[zeros]', cut: '[#01, #02]', after: '[#01]' };

export const trace: Trace = {
  because: `write: ${hostile}`,
  found: 'zeros',
  allowed: ['#01'],
  steps: [
    { call: 'init()', answer: 'true', wrong: false, effects: [], state: [], promised: [] },
    {
      call: 'write(0, #01)',
      wrong: true,
      effects: [
        { call: 'write(0, 0, #01)', answer: 'true', done: true, at },
        { call: 'write(1, 0, #01)', done: false, at: second },
      ],
      cut: { at: second, before: true },
      state: [field, { name: 'second', before: '[zeros]', cut: '[zeros]', after: '[zeros]' }],
      promised: ['Disk { blocks: [zeros] }'],
    },
  ],
};

const counterexample = {
  format: 1,
  layer: { file: 'proof.ts', name: 'mirror' },
  source: '',
  start: null,
  blocks: [],
  length: 1,
  steps: [],
} as const;

const accused = { code: at, promise: second };

export const verdicts: readonly Verdict[] = [
  { kind: 'proved' },
  { kind: 'explored', bound: `2 blocks ${hostile}` },
  {
    kind: 'refuted',
    because: trace.because,
    counterexample,
    shown: `1. ${hostile}`,
    trace,
    accused,
  },
  { kind: 'vacuous', because: hostile, at, blame: 'assumption' },
  {
    kind: 'unknown',
    reason: 'annotation',
    because: hostile,
    at,
    remedy: `stronger ${hostile}`,
    conjunct: {
      at: { ...second, endLine: 4, endColumn: 38 },
      text: `part ${hostile}`,
      role: 'loop invariant',
    },
    state: ['first = [zeros]', hostile],
  },
  { kind: 'unknown', reason: 'timeout', because: 'no answer' },
];

const obligation = {
  event: 'obligation',
  at,
  milliseconds: 12,
  cached: false,
  solver: hostile,
  size: 1234,
} as const;

/** The events of the run, one layer for each verdict. */
export const events: readonly RunEvent[] = [
  ...verdicts.flatMap((verdict, i): RunEvent[] => {
    const layer = `layer${i} ${hostile}`;
    const answer = verdict.kind === 'proved' ? 'proved' : 'unknown';
    return [
      { event: 'begin', verb: 'prove', layer, file },
      { ...obligation, layer, name: `obligation ${hostile}`, answer: 'proved' },
      { ...obligation, layer, name: `open ${hostile}`, answer, reason: hostile },
      { event: 'refusal', at, construct: hostile, why: hostile, instead: hostile },
      {
        event: 'verdict',
        verb: 'prove',
        layer,
        file,
        at: { file, line: 1, column: 1 },
        verdict,
        milliseconds: 1234,
        trusts: [hostile],
      },
      { event: 'note', text: `replay: ${hostile}` },
    ];
  }),
  { event: 'failure', code: 'PL-304', text: hostile, at },
  { event: 'end', exit: 3 },
];

export function runOf(told: readonly RunEvent[]): Run {
  const runs: Run[] = [];
  const collector = new RunCollector((run) => runs.push(run));
  for (const event of told) collector.event(event);
  const [run] = runs;
  if (!run) throw new Error('the events do not end');
  return run;
}

export const readSource = (name: string) => (name === file ? source : undefined);
