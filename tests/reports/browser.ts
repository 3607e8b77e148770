/** Pages as a browser shows them; `undefined` where there is none. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execute } from '../command.ts';

export const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The document of a page after it has been shown. */
export async function documentOf(page: string): Promise<string> {
  if (!browser) throw new Error('there is no browser');
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-browser-'));
  try {
    const file = join(folder, 'page.html');
    writeFileSync(file, page);
    const { out, error, exit } = await execute(browser, [
      ...quiet,
      `--user-data-dir=${join(folder, 'user')}`,
      '--window-size=1200,900',
      '--dump-dom',
      pathToFileURL(file).href,
    ]);
    if (exit !== 0) throw new Error(error);
    return out;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What is visible of a page at a width, text by text, and how wide it is then. */
export interface Seen {
  readonly title: string;
  /** How wide the page wants to be. */
  readonly width: number;
  readonly texts: readonly { readonly kind: string; readonly text: string; readonly top: number }[];
  /** Elements with text that reach over the edge and cannot be scrolled to. */
  readonly cut: readonly string[];
}

/** Shows the page, untouched, in a frame of this width, and looks into it from outside. */
export async function see(page: string, width: number): Promise<Seen> {
  const escaped = page.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const shown = await documentOf(`<!doctype html><meta charset="utf-8">
<iframe style="width:${width}px;height:20000px;border:0" srcdoc="${escaped}"></iframe>
<script>
onload = () => {
  const { contentDocument: page, contentWindow: view } = document.querySelector('iframe');
  const strictly = { checkOpacity: true, visibilityProperty: true };
  const visible = (element) => element.checkVisibility(strictly);
  const wanted = '.cut, .note, .source .text, .lost li, .states td, .states th, .badge, h1, h2';
  const texts = [...page.querySelectorAll(wanted)].filter(visible).map((element) => ({
    kind: element.className || element.localName,
    text: element.textContent,
    top: element.getBoundingClientRect().top,
  }));
  const cut = [...page.querySelectorAll('body *')]
    .filter((element) => visible(element) && !element.closest('.wide, .skip'))
    .filter((element) => element.getBoundingClientRect().right > view.innerWidth + 1)
    .map((element) => element.localName + ': ' + element.textContent.slice(0, 60));
  const seen = { title: page.title, width: page.documentElement.scrollWidth, texts, cut };
  document.body.textContent = 'SEEN' + JSON.stringify(seen) + 'SEEN';
};
</script>`);
  const [, json = ''] = shown.split('SEEN').slice(-3);
  return JSON.parse(plain(json)) as Seen;
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&');
}
