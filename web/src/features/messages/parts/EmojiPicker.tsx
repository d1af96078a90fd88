import { EmojiPicker as Picker } from 'frimousse';
import { useEffect, useRef } from 'react';
import { useText } from '../strings';
import styles from './EmojiPicker.module.css';
import { OwnEmoji } from './OwnEmoji';

/** Set by the build (plugins/emojiData): the data lies on our own origin. */
declare const __EMOJI_URL__: string;

export function EmojiPicker({ onPick, takesFocus }: { onPick: (emoji: string) => void; takesFocus: boolean }) {
  const t = useText();
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) search.current?.focus();
  }, [takesFocus]);
  return (
    <>
      <OwnEmoji onPick={onPick} />
      <Picker.Root className={styles.picker} emojibaseUrl={__EMOJI_URL__} columns={8} onEmojiSelect={({ emoji }) => onPick(emoji)}>
        <Picker.Search ref={search} className={styles.search} placeholder={t('emoji_search')} aria-label={t('emoji_search')} />
        <Picker.Viewport className={styles.viewport}>
          <Picker.Loading className={styles.state}>{t('emoji_loading')}</Picker.Loading>
          <Picker.Empty className={styles.state}>{t('emoji_none')}</Picker.Empty>
          <Picker.List
            components={{
              CategoryHeader: ({ category, ...rest }) => (
                <div {...rest} className={styles.category}>
                  {category.label}
                </div>
              ),
              // The library counts rows and columns from 0; ARIA counts from 1.
              Row: ({ children, ...rest }) => (
                <div {...rest} aria-rowindex={undefined} className={styles.row}>
                  {children}
                </div>
              ),
              Emoji: ({ emoji, ...rest }) => (
                <button {...rest} aria-colindex={undefined} className={styles.emoji}>
                  {emoji.emoji}
                </button>
              ),
            }}
          />
        </Picker.Viewport>
      </Picker.Root>
    </>
  );
}
