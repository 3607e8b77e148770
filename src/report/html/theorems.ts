/**
 * Theorems as one page: each is stated, its two sides are drawn, and below them every line of its
 * derivation, with what is new since the line before. The page loads nothing and runs nothing.
 */
import { type DrawnSequence, diagram, diagramStyle } from './diagram.ts';
import { html, Markup, nothing } from './markup.ts';
import { style } from './style.ts';

export interface ShownLine {
  readonly relation?: '=' | '<=';
  readonly text: string;
  readonly by?: string;
  readonly drawn: DrawnSequence;
}

export interface ShownTheorem {
  readonly name: string;
  readonly reads: string;
  readonly says: string;
  readonly sides: readonly ShownLine[];
  readonly letters: readonly (readonly [letter: string, reads: string])[];
  readonly given: readonly {
    readonly name: string;
    readonly says: string;
    readonly reads: string;
  }[];
  readonly paper: string;
  readonly steps: number;
  readonly calculations: readonly { readonly name: string; readonly lines: readonly ShownLine[] }[];
}

const policy = "default-src 'none'; style-src 'unsafe-inline'";
const own = `${diagramStyle}
.lines { list-style: none; margin: .5rem 0; padding: 0; }
.lines > li { margin: .5rem 0 1rem; }
.law { color: var(--link); }
dt { font-weight: 600; } dd { margin: 0 0 .4rem 1.5rem; }
`;

export function theoremsPage(theorems: readonly ShownTheorem[], version: string): string {
  const [only] = theorems;
  const title = theorems.length === 1 && only ? only.name : `${theorems.length} theorems`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<title>${title} · Plimsoll</title>
<style>${new Markup(style)}${new Markup(own)}</style>
</head>
<body>
<a class="skip" href="#theorems">Skip to the theorems</a>
<header>
<h1>Plimsoll</h1>
<p>${title}, derived in the kernel just now, without certificates</p>
</header>
<main id="theorems">
<p class="note">A diagram is run from left to right, one box a step. Ways below each other are a
choice. What has a way back above it is repeated; it is left at its start, by the way below it.
A filled frame is new since the line before; a dashed frame is what the next line replaces.</p>
${theorems.length > 1 ? contents(theorems) : nothing}
${theorems.map(section)}
</main>
<footer><p class="faint">Plimsoll ${version}</p></footer>
</body>
</html>
`.text;
}

function contents(theorems: readonly ShownTheorem[]): Markup {
  return html`<ul>
${theorems.map(({ name, reads }) => html`<li><a href="#${name}">${name}</a>: ${reads}</li>`)}
</ul>`;
}

function section(theorem: ShownTheorem): Markup {
  const { name, reads, says, sides, letters, given, paper, steps, calculations } = theorem;
  return html`<section class="layer" id="${name}" aria-labelledby="${name}-name">
<h2 id="${name}-name">${name}</h2>
<p>${reads}</p>
<p><code>${says}</code></p>
<ul class="lines">
${sides.map(({ relation, text, drawn }) => drawnItem(relation, text, nothing, drawn))}
</ul>
<p class="faint">${paper}; ${steps} steps of the kernel</p>
${definitions('Letters', letters)}
${definitions(
  'Given',
  given.map((one) => [`${one.name}: ${one.says}`, one.reads] as const),
)}
${calculations.map(calculation)}
</section>`;
}

function definitions(title: string, all: readonly (readonly [string, string])[]): Markup {
  if (all.length === 0) return nothing;
  return html`<h3>${title}</h3>
<dl>
${all.map(([term, meaning]) => html`<dt><code>${term}</code></dt><dd>${meaning}</dd>`)}
</dl>`;
}

function calculation({ name, lines }: ShownTheorem['calculations'][number]): Markup {
  return html`<h3>${name}</h3>
<ol class="lines">
${lines.map(lineItem)}
</ol>`;
}

function lineItem({ relation, text, by, drawn }: ShownLine): Markup {
  const named = by ? html` <span class="law">${by}</span>` : nothing;
  const semiring = html` <span class="faint">by the laws of semirings</span>`;
  return drawnItem(relation, text, relation && !by ? semiring : named, drawn);
}

function drawnItem(
  relation: string | undefined,
  text: string,
  law: Markup,
  drawn: DrawnSequence,
): Markup {
  return html`<li><code class="text">${relation ?? ''} ${text}</code>${law}
${diagram(drawn, text)}</li>`;
}
