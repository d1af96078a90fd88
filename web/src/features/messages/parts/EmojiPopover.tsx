import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { placeBeside } from '@/ui/place';
import { useText } from '../strings';
import styles from './EmojiPopover.module.css';

const EmojiPicker = lazy(() => untilThere(() => import('./EmojiPicker')).then((module) => ({ default: module.EmojiPicker })));
const QUICK = ['👍', '❤️', '😂', '🎉', '👀', '✅'];

type EmojiPopoverProps = { anchor: Element; hasQuick: boolean; onPick: (emoji: string) => void; onClose: () => void };

/** Stands beside what opened it; Esc, a press elsewhere and a choice close it. */
export function EmojiPopover({ anchor, hasQuick, onPick, onClose }: EmojiPopoverProps) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const popover = box.current;
    if (!popover) return;
    popover.showPopover();
    // It grows once when the picker's chunk and its data are here.
    const place = () => placeBeside(popover, anchor, sideOf(anchor));
    const observer = new ResizeObserver(place);
    observer.observe(popover);
    addEventListener('resize', place);
    popover.querySelector<HTMLElement>('button')?.focus();
    return () => {
      observer.disconnect();
      removeEventListener('resize', place);
    };
  }, [anchor]);

  const pick = (emoji: string) => {
    box.current?.hidePopover();
    onPick(emoji);
  };

  return (
    <div
      ref={box}
      popover="auto"
      role="dialog"
      aria-label={t('emoji')}
      className={styles.popover}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
    >
      {hasQuick && (
        <div className={styles.quick}>
          {QUICK.map((emoji) => (
            <button key={emoji} type="button" aria-label={t('react_with', { emoji })} onClick={() => pick(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
      <Suspense fallback={<p className={styles.loading}>{t('emoji_loading')}</p>}>
        <EmojiPicker onPick={pick} takesFocus={!hasQuick} />
      </Suspense>
    </div>
  );
}

/** Towards the middle of the window: over the feed, not over the sidebar. */
function sideOf(anchor: Element): 'start' | 'end' {
  const isLeft = anchor.getBoundingClientRect().left < innerWidth / 2;
  const isRtl = document.documentElement.dir === 'rtl';
  return isLeft === isRtl ? 'end' : 'start';
}
