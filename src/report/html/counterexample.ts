/** A counterexample, step by step: source lines, the power cut, what is lost, states. */
import type { Trace, TraceEffect, TraceField, TraceStep } from '../../explore/trace.ts';
import { placeText } from '../frame.ts';
import { count } from '../words.ts';
import { html, type Markup, nothing } from './markup.ts';
import { excerpts, type Mark, type Sources } from './source.ts';

export function counterexample(trace: Trace, shown: string, sources: Sources): Markup {
  const here = trace.at ? [{ at: trace.at, kind: 'here', text: trace.because } as const] : [];
  return html`<h3>Counterexample</h3>
${answers(trace)}
${excerpts(here, sources)}
<ol class="steps">
${trace.steps.map((step, i) => stepItem(step, i + 1, sources))}
</ol>
<details><summary>The same as text</summary>
<pre>${shown.trimEnd()}</pre>
</details>`;
}

function answers({ found, allowed }: Trace): Markup {
  if (found === undefined) return nothing;
  const may = allowed?.join(' or ') || 'nothing';
  return html`<dl><dt>found</dt><dd><code>${found}</code></dd>
<dt>the promise allows</dt><dd><code>${may}</code></dd></dl>`;
}

function stepItem(step: TraceStep, number: number, sources: Sources): Markup {
  const { call, answer, cut, wrong, effects } = step;
  const end = answer === undefined ? '' : ` = ${answer}`;
  const badges = [
    ...(cut ? [html`<span class="badge bad">⚡ power is lost</span>`] : []),
    ...(wrong ? [html`<span class="badge bad">✗ the promise is broken</span>`] : []),
  ];
  const edge = cut || wrong ? 'bad-edge' : '';
  const changed = step.state.some((field) => differs(field));
  const detail = html`${excerpts(marksOf(step), sources)}
${lost(step, sources)}
${states(step)}`;
  const hidden = `${count(effects.length, 'effect')}${changed ? ', which change the state' : ''}`;
  // What is done undisturbed is of interest only to those who ask.
  const body =
    cut || wrong
      ? detail
      : html`<details><summary class="faint">${hidden}</summary>${detail}</details>`;
  return html`<li class="${edge}"><h4>${number}. <code>${call}${end}</code> ${badges}</h4>
${effects.length > 0 || changed || cut ? body : nothing}</li>`;
}

function marksOf({ effects, cut }: TraceStep): Mark[] {
  const [done, missed] = [true, false].map((how) => effects.filter((one) => one.done === how));
  const next = missed?.[0];
  const power = cut?.before && next ? `before ${next.call}` : 'after what was done';
  return [
    ...(cut?.at
      ? [{ at: cut.at, kind: 'cut', above: cut.before, text: `power is lost ${power}` } as const]
      : []),
    ...(done ?? []).flatMap((effect) => markOf(effect, 'done')),
    ...(missed ?? []).flatMap((effect) => markOf(effect, 'lost')),
  ].sort((a, b) => order[a.kind] - order[b.kind]);
}

/** Below one line: what was done, that power went, what was not done any more. */
const order = { done: 0, cut: 1, lost: 2, here: 3 } as const;

function markOf({ at, call, answer }: TraceEffect, kind: 'done' | 'lost'): Mark[] {
  const end = answer === undefined ? '' : ` = ${answer}`;
  const how = kind === 'done' ? 'done' : 'not done';
  return at ? [{ at, kind, text: `${how}: ${call}${end}` }] : [];
}

/** What power kept from being done, and what it took away of what was done. */
function lost({ cut, effects, state }: TraceStep, { folder }: Sources): Markup {
  if (!cut) return nothing;
  const missed = effects
    .filter((effect) => !effect.done)
    .map(({ call, at }) => {
      const place = at ? html` <small>${placeText(at, folder)}</small>` : nothing;
      return html`<li><code>${call}</code>: never done${place}</li>`;
    });
  const gone = state
    .filter((field) => field.cut !== undefined && field.cut !== field.after)
    .map(
      (field) => html`<li><code>${field.name}</code>: <code>${field.cut ?? ''}</code>
became <code>${field.after}</code></li>`,
    );
  if (missed.length + gone.length === 0)
    return html`<div class="lost faint"><h5>Lost with the power</h5>nothing</div>`;
  return html`<div class="lost bad"><h5>⚡ Lost with the power</h5>
<ul>
${[...missed, ...gone]}
</ul></div>`;
}

/** The state below, side by side: before, when power went, after. */
function states({ state, cut, promised, call }: TraceStep): Markup {
  if (state.length === 0) return nothing;
  const heads = ['field', 'before', ...(cut ? ['when power went', 'after the cut'] : ['after'])];
  const rows = state.map((field) => {
    const values = [field.before, ...(field.cut === undefined ? [] : [field.cut]), field.after];
    const cells = values.map((value, i) =>
      i > 0 && value !== values[i - 1]
        ? html`<td class="changed">${value}</td>`
        : html`<td>${value}</td>`,
    );
    return html`<tr><th scope="row">${field.name}</th>${cells}</tr>`;
  });
  return html`<div class="wide" role="region" tabindex="0" aria-label="states of ${call}">
<table class="states"><caption>State of the machine below</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows}
</tbody></table></div>
${promises(promised)}`;
}

function promises(promised: readonly string[]): Markup {
  if (promised.length === 0) return nothing;
  const items = promised.map((one) => html`<li><code>${one}</code></li>`);
  return html`<p class="faint">The promise is then one of:</p><ul>${items}</ul>`;
}

function differs({ before, cut, after }: TraceField): boolean {
  return before !== after || (cut !== undefined && cut !== after);
}
