/** How numbers, times and long lists are said. */

/** `1 block`, `2,000 blocks`. */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString('en')} ${many === 1 ? one : more}`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

/** Words put on lines of at most `columns`, each line after `indent`. */
export function wrap(words: readonly string[], columns: number, indent: string): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && indent.length + last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => indent + line).join('\n');
}

/** Items with a mark between them, wrapped: an item is broken only between its words. */
export function list(items: readonly string[], columns: number, indent: string): string {
  const marked = items.map((item, i) => (i + 1 < items.length ? `${item} ·` : item));
  return wrap(marked.join(' ').split(' '), columns, indent);
}
