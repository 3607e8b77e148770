/** Text of users in the languages of reports: whatever it holds, it stays text. */

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 cannot hold at all, not even escaped; also halves of characters. */
const unspeakable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** For the text and the attributes of XML and HTML. */
export function markup(text: string): string {
  return text.replaceAll(unspeakable, '\ufffd').replaceAll(/[&<>"']/g, (one) => marks[one] ?? one);
}

/** For attributes whose lines must stay lines: a reader of XML turns line ends into spaces. */
export function attribute(text: string): string {
  return markup(text).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');
}

/** For the message of a workflow command: one line, nothing in it a command of its own. */
export function commandMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** For a property of a workflow command. */
export function commandProperty(text: string): string {
  return commandMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A path as the path of a URI. */
export function uriPath(path: string): string {
  return path
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
