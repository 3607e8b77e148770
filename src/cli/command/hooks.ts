/**
 * What Node needs to import TypeScript: module hooks, in the thread Node keeps for them.
 *
 * Sources of layers are translated file by file, without a type check: the reader has checked them.
 * The rest of Plimsoll comes from where the running command came from, so that there is one of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, type InitializeHook, type LoadHook, type ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { counting } from '../explore/turns.ts';

type TypeScript = typeof import('@typescript/typescript6');

const root = new URL('../../../', import.meta.url).href;
const own: Readonly<Record<string, string>> = {
  plimsoll: 'dist/index.js',
  'plimsoll/model': 'dist/model/index.js',
};
/** Layers are run from their sources, those that ship as any others. */
const layer = /^plimsoll\/stack\/([a-z-]+)$/;

export interface Wishes {
  /** Whether loops are counted: see turns.ts. */
  readonly bounded: boolean;
}

let loaded: TypeScript | undefined;
let bounded = false;

/** `require` takes half the time that `import` needs for a file of nine megabytes. */
function typescript(): TypeScript {
  loaded ??= createRequire(import.meta.url)('@typescript/typescript6') as TypeScript;
  return loaded;
}

/** Begins to load the compiler while the main thread is busy with something else. */
export const initialize: InitializeHook<Wishes> = ({ bounded: wanted }) => {
  bounded = wanted;
  setImmediate(typescript);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const built = own[specifier] ?? specifier.replace(layer, 'src/stack/$1/proof.ts');
  if (built !== specifier) return { url: new URL(built, root).href, shortCircuit: true };
  if (!/^\.{0,2}\/|^file:/.test(specifier) || !context.parentURL?.startsWith('file:'))
    return next(specifier, context);
  const url = source(new URL(specifier, context.parentURL));
  if (!url) return next(specifier, context);
  const found = builtFrom(url);
  // What belongs to one version of a layer is loaded anew with it: see load.ts.
  if (found === url && !url.search) found.search = new URL(context.parentURL).search;
  return { url: found.href, shortCircuit: true };
};

/** The TypeScript file that is meant, also where the import says `.js` or leaves the ending out. */
function source(url: URL): URL | undefined {
  if (existsSync(url) && /\.[a-z]+$/.test(url.pathname))
    return url.pathname.endsWith('.ts') ? url : undefined;
  const stem = url.href.replace(/\.js$/, '');
  return [`${stem}.ts`, `${stem}/index.ts`].map((href) => new URL(href)).find((u) => existsSync(u));
}

/** Layers are run from their sources; what they are made of, as it was built. */
function builtFrom(url: URL): URL {
  const src = new URL('src/', root).href;
  if (!url.href.startsWith(src) || url.href.startsWith(`${src}stack/`)) return url;
  const built = new URL(`dist/${url.href.slice(src.length).replace(/\.ts$/, '.js')}`, root);
  return existsSync(built) ? built : url;
}

export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || !new URL(url).pathname.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  const text = textOf(file, new URL(url).searchParams.get('overlay'));
  return { format: 'module', source: translate(file, text), shortCircuit: true };
};

/** The source as it is, or as an overlay says that it were. */
function textOf(file: string, overlay: string | null): string {
  const texts = overlay === null ? {} : JSON.parse(readFileSync(overlay, 'utf8'));
  return (texts as Record<string, string>)[file] ?? readFileSync(file, 'utf8');
}

function translate(file: string, text: string): string {
  const ts = typescript();
  const { outputText, diagnostics } = ts.transpileModule(text, {
    fileName: pathToFileURL(file).href,
    reportDiagnostics: true,
    transformers: bounded ? { before: [counting(ts)] } : {},
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      inlineSourceMap: true,
    },
  });
  // The compiler mends what it can; what it made of an error is not what was written.
  const [error] = diagnostics ?? [];
  if (error) throw new SyntaxError(ts.flattenDiagnosticMessageText(error.messageText, ' '));
  return outputText;
}
