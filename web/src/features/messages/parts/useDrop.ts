import { useEffect, useRef, useState, type RefObject } from 'react';

/** Files dropped anywhere on the pane of this element. True while they hang over it. */
export function useDrop(box: RefObject<HTMLElement | null>, onFiles: ((files: readonly File[]) => void) | null): boolean {
  const [isOver, setOver] = useState(false);
  const handler = useRef(onFiles);
  handler.current = onFiles;
  const canTake = onFiles !== null;

  useEffect(() => {
    const pane = box.current?.closest<HTMLElement>('[data-pane]') ?? box.current;
    if (!pane || !canTake) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && pane.contains(event.relatedTarget))) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      handler.current?.([...(event.dataTransfer?.files ?? [])]);
    };
    pane.addEventListener('dragover', over);
    pane.addEventListener('dragleave', leave);
    pane.addEventListener('drop', drop);
    return () => {
      pane.removeEventListener('dragover', over);
      pane.removeEventListener('dragleave', leave);
      pane.removeEventListener('drop', drop);
    };
  }, [box, canTake]);

  return isOver;
}
