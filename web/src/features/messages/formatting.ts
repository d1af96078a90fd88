/** Markdown for a selection in the composer. Pure: text and selection in, the piece to replace and the new selection out. */
export type Selection = { text: string; start: number; end: number };
export type Edit = { from: number; to: number; insert: string; start: number; end: number };
export type Format = 'bold' | 'italic' | 'code' | 'list' | 'quote' | 'link';

export function formatted(format: Format, selection: Selection): Edit {
  switch (format) {
    case 'bold':
      return wrapped(selection, '**');
    case 'italic':
      return wrapped(selection, '_');
    case 'code':
      return selected(selection).includes('\n') ? fenced(selection) : wrapped(selection, '`');
    case 'list':
      return prefixed(selection, '- ');
    case 'quote':
      return prefixed(selection, '> ');
    case 'link':
      return linked(selection);
  }
}

/** The same mark again takes it away. */
function wrapped(selection: Selection, mark: string): Edit {
  const { text, start, end } = selection;
  const inner = selected(selection);
  const isWrapped = text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (isWrapped) {
    const from = start - mark.length;
    return { from, to: end + mark.length, insert: inner, start: from, end: from + inner.length };
  }
  const at = start + mark.length;
  return { from: start, to: end, insert: mark + inner + mark, start: at, end: at + inner.length };
}

function fenced(selection: Selection): Edit {
  const inner = selected(selection);
  const before = selection.start === 0 || selection.text[selection.start - 1] === '\n' ? '' : '\n';
  const at = selection.start + before.length + 4;
  const insert = `${before}\`\`\`\n${inner}\n\`\`\``;
  return { from: selection.start, to: selection.end, insert, start: at, end: at + inner.length };
}

/** Works on whole lines. */
function prefixed({ text, start, end }: Selection, prefix: string): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', end);
  const to = nextBreak < 0 ? text.length : nextBreak;
  const lines = text.slice(from, to).split('\n');
  const isPrefixed = lines.every((line) => line.startsWith(prefix));
  const insert = lines.map((line) => (isPrefixed ? line.slice(prefix.length) : prefix + line)).join('\n');
  return { from, to, insert, start: from + insert.length, end: from + insert.length };
}

function linked(selection: Selection): Edit {
  const inner = selected(selection);
  const isAddress = /^https?:\/\/\S+$/.test(inner);
  const insert = isAddress ? `[](${inner})` : `[${inner}](https://)`;
  // The part still to be written is selected: the words for an address, the address for words.
  const start = isAddress ? selection.start + 1 : selection.start + inner.length + 3;
  return { from: selection.start, to: selection.end, insert, start, end: isAddress ? start : start + 'https://'.length };
}

function selected({ text, start, end }: Selection): string {
  return text.slice(start, end);
}
