import { useEffect, useState, type RefObject } from 'react';
import type { Tray } from '../tray';

/** Files pasted into the composer around `box`, or dropped anywhere on its pane. True while they hang over it. */
export function useIncoming(box: RefObject<HTMLElement | null>, tray: Tray): boolean {
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    const composer = box.current?.parentElement;
    const pane = composer?.closest<HTMLElement>('[data-pane]');
    if (!composer || !pane) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const take = (files: FileList | undefined) => [...(files ?? [])].forEach((file) => tray.add(file));
    const onPaste = (event: ClipboardEvent) => {
      const { files, types } = event.clipboardData ?? { files: undefined, types: [] };
      // Copied text that brings a picture along, as from a table, stays text.
      if (!files?.length || types.includes('text/plain')) return;
      event.preventDefault();
      take(files);
    };
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && pane.contains(event.relatedTarget))) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer?.files);
    };
    composer.addEventListener('paste', onPaste);
    pane.addEventListener('dragover', onOver);
    pane.addEventListener('dragleave', onLeave);
    pane.addEventListener('drop', onDrop);
    return () => {
      composer.removeEventListener('paste', onPaste);
      pane.removeEventListener('dragover', onOver);
      pane.removeEventListener('dragleave', onLeave);
      pane.removeEventListener('drop', onDrop);
    };
  }, [box, tray]);

  return isOver;
}
