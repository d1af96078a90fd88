import { useQueryClient } from '@tanstack/react-query';
import type { Reaction } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { findPerson } from '@/realtime/people';
import { formatNumber } from '@/i18n/core';
import { useText } from '../strings';
import { useFeed } from './actions';
import { EmojiSign } from './EmojiText';
import styles from './Reactions.module.css';

type ReactionButtonProps = { reaction: Reaction; tabIndex: number; onToggle: () => void };

/** Names up to twelve people; past that the server sends only the count. */
export function ReactionButton({ reaction, tabIndex, onToggle }: ReactionButtonProps) {
  const label = useLabel(reaction);
  return (
    <button
      type="button"
      className={styles.reaction}
      aria-pressed={reaction.mine ?? false}
      aria-label={label}
      title={label}
      tabIndex={tabIndex}
      onClick={onToggle}
    >
      <EmojiSign emoji={reaction.emoji} size={18} /> <b>{formatNumber(reaction.n)}</b>
    </button>
  );
}

function useLabel({ emoji, n, people }: Reaction): string {
  const t = useText();
  const cache = useQueryClient();
  const { me_id } = useFeed();
  const names = people.map((id) => (id === me_id ? t('you') : findPerson(cache, id)?.name));
  if (names.length === 0 || names.includes(undefined)) return t('reaction_count', { emoji, count: n });
  const list = new Intl.ListFormat(currentLocale()).format(names.filter((name) => name !== undefined));
  return t('reaction', { emoji, n, names: list });
}
