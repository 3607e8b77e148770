/**
 * Terms as diagrams: from left to right, one box a step. A choice has its ways below each other;
 * what is repeated is left at its start, below it, and goes back there from its end, above it.
 */
import { html, type Markup, nothing } from './markup.ts';

/** Parts of a sequence: `new` since the diagram before, replaced in the `next`. */
export interface Marked {
  readonly from: number;
  readonly to: number;
  readonly as: 'new' | 'next';
}
export interface DrawnSequence {
  readonly parts: readonly Drawn[];
  readonly marks: readonly Marked[];
}
export type Drawn =
  | { readonly kind: 'letter' | 'test'; readonly text: string }
  | { readonly kind: 'choice'; readonly among: readonly DrawnSequence[] }
  | { readonly kind: 'star'; readonly body: DrawnSequence };

/** What is drawn takes this much room around the line that goes through it. */
interface Box {
  readonly width: number;
  readonly above: number;
  readonly below: number;
  /** With the start of the line at this place. */
  readonly at: (x: number, y: number) => readonly Markup[];
}

const half = 13;
const gap = 14;
const bend = 10;
const between = 8;
const character = 8.4;
const margin = 12;

export function diagram(sequence: DrawnSequence, label: string): Markup {
  const box = sequenceBox(sequence);
  const width = Math.ceil(box.width + 2 * margin);
  const height = Math.ceil(box.above + box.below + 2 * margin);
  const y = box.above + margin;
  const end = margin + box.width;
  return html`<div class="wide" tabindex="0" role="group" aria-label="${label}">
<svg class="diagram" role="img" aria-label="${label}" width="${width}" height="${height}"
 viewBox="0 0 ${width} ${height}">
${box.at(margin, y)}
<circle class="end" cx="${margin}" cy="${y}" r="4"/>
<circle class="end" cx="${number(end)}" cy="${y}" r="4"/>
</svg></div>`;
}

function sequenceBox({ parts, marks }: DrawnSequence): Box {
  const boxes = parts.map(partBox);
  const starts = boxes.map((_, i) =>
    boxes.slice(0, i).reduce((sum, { width }) => sum + width + gap, gap),
  );
  const width = boxes.reduce((sum, box) => sum + box.width + gap, gap);
  const above = Math.max(half, ...boxes.map((box) => box.above));
  const below = Math.max(half, ...boxes.map((box) => box.below));
  const pad = marks.length > 0 ? 5 : 0;
  const at = (x: number, y: number) => [
    ...marks.map(({ from, to, as }) => {
      const left = x + (starts[from] ?? gap) - 5;
      const right = x + (starts[to - 1] ?? gap) + (boxes[to - 1]?.width ?? 0) + 5;
      return rectangle(`mark ${as}`, [left, y - above - 4], [right, y + below + 4], 6);
    }),
    ...lines(boxes, starts, x, y, width),
    ...boxes.flatMap((box, i) => box.at(x + (starts[i] ?? 0), y)),
  ];
  return { width, above: above + pad, below: below + pad, at };
}

/** The line between the boxes. */
function lines(
  boxes: readonly Box[],
  starts: readonly number[],
  x: number,
  y: number,
  width: number,
) {
  const ends = [0, ...boxes.map((box, i) => (starts[i] ?? 0) + box.width)];
  return ends.map((end, i) => line(x + end, y, x + (starts[i] ?? width), y));
}

function partBox(part: Drawn): Box {
  if (part.kind === 'choice') return choiceBox(part.among.map(sequenceBox));
  if (part.kind === 'star') return starBox(sequenceBox(part.body));
  const width = part.text.length * character + 16;
  const corners = part.kind === 'test' ? 0 : half;
  const at = (x: number, y: number) => [
    rectangle(part.kind, [x, y - half], [x + width, y + half], corners),
    html`<text x="${number(x + width / 2)}" y="${number(y + 5)}">${part.text}</text>`,
  ];
  return { width, above: half, below: half, at };
}

function choiceBox(boxes: readonly Box[]): Box {
  const inner = Math.max(...boxes.map(({ width }) => width));
  const width = inner + 4 * bend;
  const [first, ...others] = boxes as [Box, ...Box[]];
  const depths = [0];
  let below = first.below;
  for (const box of others) {
    depths.push(below + between + box.above);
    below += between + box.above + box.below;
  }
  const at = (x: number, y: number) =>
    boxes.flatMap((box, i) => {
      const depth = y + (depths[i] ?? 0);
      const [start, end] = [x + 2 * bend, x + 2 * bend + box.width];
      return [
        curve(x, y, start, depth),
        ...box.at(start, depth),
        line(end, depth, x + 2 * bend + inner, depth),
        curve(x + 2 * bend + inner, depth, x + width, y),
      ];
    });
  return { width, above: first.above, below, at };
}

function starBox(body: Box): Box {
  const width = body.width + 4 * bend;
  const [above, below] = [body.above + between + 4, body.below + between + 4];
  const at = (x: number, y: number) => {
    const [start, end] = [x + 2 * bend, x + 2 * bend + body.width];
    const [top, bottom] = [y - above + 4, y + below - 4];
    const back = [
      ...[
        `M${point(end, y)}`,
        `C${point(end + bend, y)} ${point(end + bend, top)} ${point(end, top)}`,
      ],
      ...[`H${number(start)}`, `C${point(x + bend, top)} ${point(x, top)} ${point(x, y)}`],
    ].join('');
    const last = x + width;
    const out = [
      ...[
        `M${point(x, y)}`,
        `C${point(x, bottom)} ${point(x + bend, bottom)} ${point(start, bottom)}`,
      ],
      `H${number(end)}`,
      `C${point(last - bend, bottom)} ${point(last, bottom)} ${point(last, y)}`,
    ].join('');
    const middle = (start + end) / 2;
    return [
      html`<path class="line" d="${back}"/>`,
      html`<path class="line" d="${out}"/>`,
      arrow(middle, top, -1),
      arrow(middle, bottom, 1),
      line(x, y, start, y),
      ...body.at(start, y),
      html`<circle class="place" cx="${number(x)}" cy="${number(y)}" r="2.5"/>`,
    ];
  };
  return { width, above, below, at };
}

function rectangle(kind: string, from: Point, to: Point, corners: number): Markup {
  const [x, y] = from;
  const size = html`width="${number(to[0] - x)}" height="${number(to[1] - y)}"`;
  return html`<rect class="${kind}" x="${number(x)}" y="${number(y)}" ${size} rx="${corners}"/>`;
}

function line(x: number, y: number, toX: number, toY: number): Markup {
  if (toX - x < 0.1) return nothing;
  return html`<path class="line" d="M${point(x, y)}L${point(toX, toY)}"/>`;
}

function curve(x: number, y: number, toX: number, toY: number): Markup {
  const middle = (x + toX) / 2;
  const bends = `${point(middle, y)} ${point(middle, toY)} ${point(toX, toY)}`;
  return html`<path class="line" d="M${point(x, y)}C${bends}"/>`;
}

function arrow(x: number, y: number, way: 1 | -1): Markup {
  const tail = `L${point(x - 4 * way, y - 4)}V${number(y + 4)}Z`;
  return html`<path class="tip" d="M${point(x + 4 * way, y)}${tail}"/>`;
}

type Point = readonly [x: number, y: number];
const point = (x: number, y: number): string => `${number(x)} ${number(y)}`;
const number = (value: number): string => String(Math.round(10 * value) / 10);

export const diagramStyle = `
.diagram { display: block; max-width: none; }
.diagram .line { fill: none; stroke: var(--faint); stroke-width: 1.5; }
.diagram .tip, .diagram .end, .diagram .place { fill: var(--faint); }
.diagram .letter, .diagram .test { fill: var(--panel); stroke: var(--text); stroke-width: 1.2; }
.diagram text {
  fill: var(--text); font: .85rem ui-monospace, Menlo, Consolas, monospace; text-anchor: middle;
}
.diagram .mark { stroke-width: 1.5; }
.diagram .mark.new { fill: var(--goodPanel); stroke: var(--good); }
.diagram .mark.next { fill: none; stroke: var(--open); stroke-dasharray: 5 3; }
`;
