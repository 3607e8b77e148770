/** Source lines with what happened at them, and a little of what is around. */
import type { Place } from '../event.ts';
import { pathText, type ReadSource } from '../frame.ts';
import { html, type Markup } from './markup.ts';

/** Where sources are read, and from where paths are seen. */
export interface Sources {
  readonly readSource: ReadSource;
  readonly folder: string;
}

export interface Mark {
  readonly at: Place;
  /** `cut` is where power went, `lost` what it kept from happening. */
  readonly kind: 'done' | 'cut' | 'lost' | 'here';
  /** Whether it stands above its line. */
  readonly above?: boolean;
  readonly text: string;
}

const around = 2;
const marksShown = 6;
const looks = { done: 'good', cut: 'cut bad', lost: 'bad', here: 'open' } as const;
const signs = { done: '✓', cut: '⚡', lost: '✗', here: '▲' } as const;

/** An excerpt of each file that has marks. */
export function excerpts(marks: readonly Mark[], sources: Sources): Markup[] {
  const files = [...new Set(marks.map(({ at }) => at.file))];
  return files.map((file) => {
    const own = marks.filter(({ at }) => at.file === file);
    const text = sources.readSource(file);
    const body = text === undefined ? own.map(unread) : excerpt(text.split(/\r?\n/), own);
    return html`<figure>
<figcaption>${pathText(file, sources.folder)}</figcaption>
<div class="source">
${body}
</div>
</figure>`;
  });
}

/** The file is gone: its places are still told. */
function unread(mark: Mark): Markup {
  return html`${note(mark)}<div><span class="at">${mark.at.line}</span><span></span></div>`;
}

function excerpt(lines: readonly string[], marks: readonly Mark[]): Markup[] {
  const marked = new Set(marks.map(({ at }) => at.line));
  const isShown = (line: number) =>
    Array.from({ length: 2 * around + 1 }, (_, i) => line - around + i).some((one) =>
      marked.has(one),
    );
  return lines.flatMap((text, i) => {
    const line = i + 1;
    if (!isShown(line))
      return isShown(line - 1) && lines.slice(line).some((_, j) => isShown(line + 1 + j))
        ? [gap]
        : [];
    const own = marks.filter(({ at }) => at.line === line);
    const above = own.filter((mark) => mark.above);
    const below = own.filter((mark) => !mark.above);
    return [
      ...notes(above),
      html`<div><span class="at">${line}</span><span class="text">${text}</span></div>`,
      ...notes(below),
    ];
  });
}

const gap = html`<div><span class="at">⋯</span><span class="text"></span></div>`;

/** A loop may come by often. What power did is never left out. */
function notes(marks: readonly Mark[]): Markup[] {
  const ordinary = marks.filter(({ kind }) => kind === 'done').slice(0, -marksShown);
  const hidden = new Set(ordinary);
  const shown = marks.filter((mark) => !hidden.has(mark)).map(note);
  const before = html`<span class="note good">✓ done ${hidden.size} times before</span>`;
  return hidden.size > 0 ? [before, ...shown] : shown;
}

function note({ kind, text }: Mark): Markup {
  return html`<span class="note ${looks[kind]}">${signs[kind]} ${text}</span>`;
}
