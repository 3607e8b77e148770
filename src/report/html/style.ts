/** How the page looks: no fonts or pictures of its own, light and dark, on paper and on phones. */

export interface Palette {
  readonly page: string;
  readonly panel: string;
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly link: string;
  readonly good: string;
  readonly bad: string;
  readonly open: string;
  readonly goodPanel: string;
  readonly badPanel: string;
  readonly openPanel: string;
}

export const light: Palette = {
  page: '#ffffff',
  panel: '#f4f6f8',
  text: '#1a2027',
  faint: '#535e6a',
  line: '#d3d9df',
  link: '#0b57a4',
  good: '#126a37',
  bad: '#ad1c1c',
  open: '#7c4e00',
  goodPanel: '#e4f4ea',
  badPanel: '#fdeaea',
  openPanel: '#fdf2da',
};

export const dark: Palette = {
  page: '#12161b',
  panel: '#1b2128',
  text: '#e4e8ec',
  faint: '#a3aeb9',
  line: '#39434e',
  link: '#86bdf5',
  good: '#74d69a',
  bad: '#ff9c94',
  open: '#efc46b',
  goodPanel: '#15301f',
  badPanel: '#431c1b',
  openPanel: '#3a2c0e',
};

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}

export const style = `
:root { color-scheme: light dark; ${variables(light)} }
@media (prefers-color-scheme: dark) { :root { ${variables(dark)} } }
@media print { :root { color-scheme: light; ${variables(light)} } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 62rem; padding: 0 1rem 3rem; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px;
}
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0; padding: .5rem; background: var(--page); }
header { padding: 1.5rem 0 .5rem; border-bottom: 3px solid var(--text); }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; }
h2 { margin: 0 0 .25rem; font-size: 1.3rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; }
h4 { margin: 0; font-size: 1rem; font-weight: 600; }
p { margin: .4rem 0; }
section { margin-top: 2rem; }
.layer { padding-top: 1.5rem; border-top: 1px solid var(--line); }
.faint, small { color: var(--faint); font-size: .875rem; }
code, pre, .source { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .85rem; }
pre { margin: .5rem 0; white-space: pre-wrap; }
.badge {
  display: inline-block; padding: 0 .55rem; border: 1px solid; border-radius: 1rem;
  font-size: .875rem; font-weight: 600; white-space: nowrap;
}
.good { color: var(--good); background: var(--goodPanel); }
.bad { color: var(--bad); background: var(--badPanel); }
.open { color: var(--open); background: var(--openPanel); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .925rem; }
caption { padding-bottom: .25rem; text-align: left; color: var(--faint); font-size: .875rem; }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--faint); font-weight: 600; overflow-wrap: normal; }
tbody th { font-weight: 600; }
.number { text-align: right; padding: .4rem 0 .4rem .5rem; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
th small, td small { display: block; font-weight: 400; }
.states { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .85rem; }
.states caption, .states thead { font-family: system-ui, sans-serif; }
.states td { min-width: 5.25rem; }
.states tbody th { overflow-wrap: normal; }
.states th + td, .states td + td, .states th + th { padding-left: .5rem; }
.states td.changed { font-weight: 700; background: var(--openPanel); color: var(--open); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .75rem 0; }
dt { color: var(--faint); }
dd { margin: 0; }
.steps { margin: 0; padding: 0; list-style: none; }
.steps > li { margin: .75rem 0; padding: .6rem .9rem; border: 1px solid var(--line);
  border-left: .3rem solid var(--line); border-radius: .3rem; }
.steps > li.bad-edge { border-left-color: var(--bad); }
.steps > li.open-edge { border-left-color: var(--open); }
figure { margin: .75rem 0; }
figcaption { color: var(--faint); font-size: .875rem; }
.source { border: 1px solid var(--line); border-radius: .3rem; background: var(--panel);
  padding: .3rem 0; }
.source > div { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); }
.source .at { padding-right: .8rem; text-align: right; color: var(--faint);
  user-select: none; }
.source .text { padding-right: .5rem; white-space: pre-wrap; tab-size: 4; unicode-bidi: isolate; }
.source .note { padding: .05rem .5rem .05rem 3.2rem; display: block; }
.source .cut { margin: .15rem 0; padding: .15rem .5rem .15rem 3.2rem; display: block;
  border-top: 2px dashed var(--bad); border-bottom: 2px dashed var(--bad); font-weight: 700; }
.lost { margin: .75rem 0; padding: .5rem .9rem; border-radius: .3rem; border: 1px solid; }
.lost h5 { margin: 0; font-size: 1rem; }
ul { margin: .25rem 0; padding-left: 1.2rem; }
summary { cursor: pointer; padding: .2rem 0; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); }
@media (max-width: 30rem) {
  body { padding: 0 .75rem 2rem; }
  .steps > li { padding: .5rem .6rem; }
  .source > div { grid-template-columns: 2.4rem minmax(0, 1fr); }
  .source .at { padding-right: .5rem; }
  .source .note, .source .cut { padding-left: 2.4rem; }
  th:not(.number), td:not(.number) { padding-right: .5rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .4rem; }
}
@media print {
  body { max-width: none; font-size: 10pt; }
  .skip { display: none; }
  .wide { overflow: visible; }
  tr, figure, .lost { break-inside: avoid; }
  h2, h3, h4, h5 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
