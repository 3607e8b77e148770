/**
 * A run as one page. It loads nothing and runs nothing: a policy in its head forbids both, so that
 * even text that got past the escaping could do no harm.
 */
import { placeText } from '../frame.ts';
import { isWell, type Judged, type Of, type Run } from '../run.ts';
import { count, duration } from '../words.ts';
import { badge, layerSection } from './layer.ts';
import { html, Markup, nothing } from './markup.ts';
import type { Sources } from './source.ts';
import { style } from './style.ts';

export interface About extends Sources {
  readonly version: string;
  readonly now: Date;
}

const policy = "default-src 'none'; style-src 'unsafe-inline'";

export function page(run: Run, about: About): string {
  const title = summary(run);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<title>${title} · Plimsoll</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#verdicts">Skip to the verdicts</a>
<header>
<h1>Plimsoll</h1>
<p>${title}</p>
</header>
<main>
${run.failures.map((failure) => failureSection(failure, about))}
${verdicts(run)}
${run.judged.map((one, i) => layerSection(one, `layer-${i + 1}`, about))}
</main>
<footer>
<p class="faint">Plimsoll ${about.version}, exit ${run.exit},
<time>${about.now.toISOString()}</time></p>
</footer>
</body>
</html>
`.text;
}

/** `3 layers: 1 proved, 2 refuted`. */
function summary({ judged, failures }: Run): string {
  const kinds = judged.map(({ verdict }) => verdict.verdict.kind);
  const each = [...new Set(kinds)].map(
    (kind) => `${kinds.filter((one) => one === kind).length} ${kind}`,
  );
  const ended = failures.length > 0 ? ['the run failed'] : [];
  return `${count(judged.length, 'verdict')}: ${[...each, ...ended].join(', ') || 'none'}`;
}

function failureSection({ code, text, at }: Of<'failure'>, { folder }: About): Markup {
  const place = at ? html`<p class="faint">${placeText(at, folder)}</p>` : nothing;
  return html`<section aria-label="Failure">
<h2><span class="badge bad">✗ error</span> ${code}</h2>
${place}
<pre>${text}</pre>
</section>`;
}

function verdicts({ judged }: Run): Markup {
  const well = judged.filter(({ verdict }) => isWell(verdict)).length;
  return html`<section aria-labelledby="verdicts">
<h2 id="verdicts">Verdicts</h2>
<table><caption>${well} of ${judged.length} proved or explored</caption>
<thead><tr><th scope="col">verdict</th><th scope="col">layer</th>
<th scope="col" class="number">time</th></tr></thead>
<tbody>
${judged.map(verdictRow)}
</tbody></table>
</section>`;
}

function verdictRow({ verdict: event, obligations }: Judged, index: number): Markup {
  const many = obligations.length > 0 ? `, ${count(obligations.length, 'obligation')}` : '';
  return html`<tr><td>${badge(event)}</td>
<th scope="row"><a href="#layer-${index + 1}">${event.layer}</a>
<small>${event.verb}${many}</small></th>
<td class="number">${duration(event.milliseconds)}</td></tr>`;
}
