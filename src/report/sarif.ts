/**
 * SARIF 2.1.0: a result for each verdict and each refusal, a flow of code for each counterexample.
 * What is well is a result of the kind `pass`, what is undecided one of the kind `open`.
 */
import { type CodeName, codes, explained } from './codes.ts';
import { uriPath } from './escape.ts';
import type { Place, Verdict } from './event.ts';
import { pathText } from './frame.ts';
import { type Judged, linesOf, type Of, openOf, placeOf, type Run } from './run.ts';

export interface Tool {
  readonly version: string;
  /** Files within are named by their path from here. */
  readonly folder: string;
}

type Trace = Extract<Verdict, { kind: 'refuted' }>['trace'];
type Result = Readonly<Record<string, unknown>>;

const schema =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const names = Object.keys(codes) as CodeName[];

/** The specification wants the level `none` for every kind but `fail`. */
const kinds = {
  proved: { kind: 'pass', level: 'none' },
  explored: { kind: 'pass', level: 'none' },
  refuted: { kind: 'fail', level: 'error' },
  vacuous: { kind: 'fail', level: 'error' },
  unknown: { kind: 'open', level: 'none' },
} as const;

export function sarif({ judged, failures, exit }: Run, tool: Tool): string {
  const run = {
    tool: {
      driver: {
        name: 'Plimsoll',
        version: tool.version,
        semanticVersion: tool.version,
        rules: names.map(ruleOf),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        exitCode: exit,
        toolExecutionNotifications: failures.map((failure) => notification(failure, tool)),
      },
    ],
    results: judged.flatMap((one) => [
      verdictResult(one, tool),
      ...one.refusals.map((refusal) => refusalResult(refusal, tool)),
    ]),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function ruleOf(name: CodeName): object {
  const { code, title, about, remedy } = codes[name];
  return {
    id: code,
    name,
    shortDescription: { text: title },
    fullDescription: { text: about },
    help: { text: remedy },
  };
}

function rule(code: string): object {
  return { ruleId: code, ruleIndex: names.findIndex((name) => codes[name].code === code) };
}

function verdictResult(one: Judged, tool: Tool): Result {
  const { verdict: event } = one;
  const { verdict, layer, verb } = event;
  const { code } = explained(verdict);
  const open = openOf(one.obligations);
  return {
    ...rule(code),
    ...kinds[verdict.kind],
    message: { text: [`${layer}: ${verdict.kind}`, ...linesOf(event)].join('\n') },
    locations: [location(placeOf(event), tool)],
    ...(open.length > 0 && {
      relatedLocations: open.map(({ at, name, answer }) =>
        location(at, tool, `${answer}: ${name}`),
      ),
    }),
    ...(verdict.kind === 'refuted' && codeFlows(verdict.trace, tool)),
    // The same finding after a change elsewhere in the file is still the same.
    partialFingerprints: { 'layer/v1': `${verb} ${layer} ${code}` },
    properties: {
      verb,
      layer,
      verdict: verdict.kind,
      milliseconds: event.milliseconds,
      obligations: one.obligations.length,
      trusts: event.trusts,
    },
  };
}

function refusalResult({ at, construct, why, instead }: Of<'refusal'>, tool: Tool): Result {
  const text = `${construct} is outside the subset: ${why}; instead: ${instead}`;
  return {
    ...rule(codes.refused.code),
    ...kinds.unknown,
    message: { text },
    locations: [location(at, tool)],
  };
}

function notification({ code, text, at }: Of<'failure'>, tool: Tool): object {
  return {
    descriptor: { id: code },
    level: 'error',
    message: { text },
    ...(at && { locations: [location(at, tool)] }),
  };
}

/** The run, effect by effect, with the places where power went. */
function codeFlows({ because, steps }: Trace, tool: Tool): object {
  const locations = steps.flatMap(({ call, effects, cut }, i) => {
    const done = effects.filter((effect) => effect.done);
    const lost = effects.filter((effect) => !effect.done);
    const effect = (one: (typeof effects)[number], how: string) =>
      one.at ? [flowed(one.at, `${i + 1}. ${call}: ${how} ${one.call}`, tool)] : [];
    const power = cut?.at
      ? [
          flowed(
            cut.at,
            `${i + 1}. ${call}: power is lost ${cut.before ? 'before' : 'after'} this`,
            tool,
          ),
        ]
      : [];
    return [
      ...done.flatMap((one) => effect(one, 'done')),
      ...power,
      ...lost.flatMap((one) => effect(one, 'not done')),
    ];
  });
  if (locations.length === 0) return {};
  return { codeFlows: [{ message: { text: because }, threadFlows: [{ locations }] }] };
}

function flowed(at: Place, text: string, tool: Tool): object {
  return { location: location(at, tool, text) };
}

function location({ file, line, column }: Place, { folder }: Tool, text?: string): object {
  const path = pathText(file, folder);
  const uri = path.startsWith('/') ? `file://${uriPath(path)}` : uriPath(path);
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: { startLine: line, startColumn: column },
    },
    ...(text !== undefined && { message: { text } }),
  };
}
