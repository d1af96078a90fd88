import { IconUsers, IconUsersGroup } from '@tabler/icons-react';
import { Face } from '@/ui/Face';
import type { Completion } from '../completions';
import { useText } from '../strings';
import styles from './CompletionList.module.css';
import { EmojiSign } from './EmojiText';

type CompletionListProps = {
  id: string;
  items: readonly Completion[];
  chosen: number;
  /** How many people @channel tells. */
  n_people: number;
  onPick: (item: Completion) => void;
};

export function CompletionList({ id, items, chosen, n_people, onPick }: CompletionListProps) {
  const t = useText();
  return (
    <div id={id} role="listbox" aria-label={t('completions')} className={styles.list}>
      {items.map((item, idx) => (
        <div
          key={keyOf(item)}
          id={`${id}-${idx}`}
          role="option"
          aria-selected={idx === chosen}
          className={styles.item}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(item)}
        >
          <Look item={item} n_people={n_people} />
        </div>
      ))}
    </div>
  );
}

function Look({ item, n_people }: { item: Completion; n_people: number }) {
  const t = useText();
  switch (item.kind) {
    case 'person':
      return (
        <>
          <Face id={item.id} name={item.name} picture={item.person.picture} size={24} />
          <bdi>{item.name}</bdi>
        </>
      );
    case 'group':
      return (
        <>
          <IconUsersGroup size={20} stroke={1.6} aria-hidden="true" />
          <bdi>@{item.name}</bdi>
          <small>
            <bdi>{item.title}</bdi> · {t('mention_everyone_hint', { count: item.n_called })}
          </small>
        </>
      );
    case 'everyone':
      return (
        <>
          <IconUsers size={20} stroke={1.6} aria-hidden="true" />
          <span>{t('everyone')}</span>
          <small>{t('mention_everyone_hint', { count: n_people })}</small>
        </>
      );
    case 'emoji':
      return (
        <>
          <span>
            <EmojiSign emoji={item.emoji} size={20} />
          </span>
          <span>:{item.name}:</span>
        </>
      );
  }
}

function keyOf(item: Completion): string {
  return item.kind === 'person' || item.kind === 'group' ? item.id : item.kind === 'emoji' ? item.name : 'channel';
}
