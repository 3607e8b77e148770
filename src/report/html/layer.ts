/** One verdict, with everything that led to it. */
import { codes, explained } from '../codes.ts';
import type { Conjunct } from '../event.ts';
import { placeText } from '../frame.ts';
import { conjunctTitle, isWell, type Judged, linesOf, type Of, openOf, placeOf } from '../run.ts';
import { count, duration } from '../words.ts';
import { counterexample } from './counterexample.ts';
import { html, type Markup, nothing } from './markup.ts';
import { excerpts, type Mark, type Sources } from './source.ts';

const looks = {
  proved: { look: 'good', sign: '✓' },
  explored: { look: 'good', sign: '✓' },
  refuted: { look: 'bad', sign: '✗' },
  vacuous: { look: 'bad', sign: '✗' },
  unknown: { look: 'open', sign: '?' },
} as const;

export function badge({ verdict }: Of<'verdict'>): Markup {
  const { look, sign } = looks[verdict.kind];
  return html`<span class="badge ${look}">${sign} ${verdict.kind}</span>`;
}

export function layerSection(one: Judged, id: string, sources: Sources): Markup {
  const { verdict: event } = one;
  const { verb, layer } = event;
  return html`<section class="layer" aria-labelledby="${id}">
<h2 id="${id}">${layer} ${badge(event)}</h2>
<p class="faint">${verb}, ${placeText(placeOf(event), sources.folder)}, ${summary(event)}</p>
${reasons(one, sources)}
${refusals(one, sources)}
${obligations(one, sources)}
${trusts(event)}
${one.notes.map((note) => html`<p><code>${note}</code></p>`)}
</section>`;
}

/** The code and what it means, then what was said. */
function reasons({ verdict: event }: Judged, sources: Sources): Markup {
  const { verdict } = event;
  const { code, title } = explained(verdict);
  const head = html`<p><strong>${code}</strong> ${title}</p>`;
  const lines = html`<pre>${linesOf(event).join('\n')}</pre>`;
  if (verdict.kind === 'refuted')
    return html`${head}${lines}${counterexample(verdict.trace, verdict.shown, sources)}`;
  if (verdict.kind === 'vacuous' || verdict.kind === 'unknown') {
    const part = 'conjunct' in verdict ? verdict.conjunct : undefined;
    const here: Mark[] = [
      { at: placeOf(event), kind: 'here', text: 'here' },
      ...(part ? [{ at: part.at, kind: 'here', text: conjunctMark(part) } as const] : []),
    ];
    return html`${head}${lines}${excerpts(here, sources)}`;
  }
  return html`${head}${verdict.kind === 'explored' ? lines : nothing}`;
}

function conjunctMark(part: Conjunct): string {
  const title = conjunctTitle(part);
  return part.text === undefined ? title : `${title}: ${part.text}`;
}

function summary({ counts, milliseconds }: Of<'verdict'>): string {
  const counted = Object.entries(counts ?? {}).map(
    ([what, many]) => `${many.toLocaleString('en')} ${what}`,
  );
  return [...counted, duration(milliseconds)].join(', ');
}

function refusals({ refusals: refused }: Judged, sources: Sources): Markup {
  if (refused.length === 0) return nothing;
  const items = refused.map(
    ({ construct, why, instead, at }) => html`<h4><code>${construct}</code></h4>
<p>${why}</p><p>instead: ${instead}</p>
${excerpts([{ at, kind: 'here', text: `${construct} is outside the subset` }], sources)}`,
  );
  return html`<h3>${codes.refused.code} Refused</h3>
${items}`;
}

function obligations(one: Judged, { folder }: Sources): Markup {
  const all = one.obligations;
  if (all.length === 0) return nothing;
  const open = openOf(one.obligations);
  const cached = all.filter((each) => each.cached).length;
  const facts = [
    count(all.length, 'obligation'),
    ...(open.length > 0 ? [`${open.length} not shown`] : []),
    ...(cached > 0 ? [`${cached} from the cache`] : []),
    `${duration(all.reduce((sum, { milliseconds }) => sum + milliseconds, 0))} of solving`,
  ].join(', ');
  // Those that are open are what a reader looks for.
  const rows = [...open, ...all.filter(({ answer }) => answer === 'proved')];
  const attribute = isWell(one.verdict) ? nothing : html` open`;
  return html`<h3>Obligations</h3>
<details${attribute}><summary>${facts}</summary>
<table><thead><tr><th scope="col">answer</th><th scope="col">obligation</th>
<th scope="col" class="number">time</th></tr></thead>
<tbody>
${rows.map((row) => obligationRow(row, folder))}
</tbody></table></details>`;
}

const answers = { proved: 'good', failed: 'bad', unknown: 'open' } as const;

function obligationRow(one: Of<'obligation'>, folder: string): Markup {
  const facts = [one.solver, `${count(one.size, 'character')}`].filter((fact) => fact !== '');
  const reason = one.reason === undefined ? '' : `: ${one.reason}`;
  const time = one.cached ? html`cached` : html`${duration(one.milliseconds)}`;
  return html`<tr><td><span class="badge ${answers[one.answer]}">${one.answer}</span></td>
<th scope="row">${one.name}${reason}<small>${placeText(one.at, folder)}</small>
<small>${facts.join(', ')}</small></th><td class="number">${time}</td></tr>`;
}

function trusts({ trusts: trusted }: Of<'verdict'>): Markup {
  if (trusted.length === 0) return nothing;
  return html`<h3>What this rests on</h3>
<ul>${trusted.map((one) => html`<li>${one}</li>`)}</ul>`;
}
