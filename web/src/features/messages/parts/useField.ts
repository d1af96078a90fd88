import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { Edit } from '../formatting';

/** A textarea that grows with its text and is changed in a way that Ctrl+Z takes back. */
export function useField(text: string, onText: (text: string) => void) {
  const field = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => grow(field), [text]);

  const apply = ({ from, to, insert, start, end }: Edit) => {
    const box = field.current;
    if (!box) return;
    box.focus();
    box.setSelectionRange(from, to);
    // The only way to change a field that keeps the browser's undo; where it is missing the text is set plainly.
    const isDone = document.execCommand('insertText', false, insert);
    if (!isDone) onText(box.value.slice(0, from) + insert + box.value.slice(to));
    // The browser leaves the caret behind what it wrote; moving it there later would come in the way of the next key.
    if (isDone && start === end && end === from + insert.length) return;
    requestAnimationFrame(() => box.setSelectionRange(start, end));
  };

  const insert = (words: string) => {
    const box = field.current;
    const from = box?.selectionStart ?? text.length;
    const after = from + words.length;
    apply({ from, to: box?.selectionEnd ?? text.length, insert: words, start: after, end: after });
  };

  return { field, apply, insert };
}

/** Browsers that know `field-sizing` do this by themselves. */
function grow(field: RefObject<HTMLTextAreaElement | null>): void {
  if (!field.current || CSS.supports('field-sizing', 'content')) return;
  field.current.style.blockSize = 'auto';
  field.current.style.blockSize = `${field.current.scrollHeight}px`;
}
