import { useState } from 'react';
import type { Id, Message } from '@/api/types';
import { savesData } from '@/lib/dataUse';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { tellRefusal } from '@/ui/tellRefusal';
import { useCards, useLinkSettings, useRemoveCard } from '../queries';
import { useText } from '../strings';
import { LinkCardView } from './LinkCardView';
import styles from './LinkCards.module.css';

export type LinkCardsProps = { message: Message; hrefs: readonly string[]; me_id: Id; can_manage: boolean; tabIndex: 0 | -1 };

/** What the pages say to which a message leads. A preview is an extra: when it cannot be had, the link stands alone. */
export function LinkCards({ message, hrefs, me_id, can_manage, tabIndex }: LinkCardsProps) {
  const t = useText();
  const { channel_id, id } = message;
  const [isAsked, setAsked] = useState(() => !savesData());
  const settings = useLinkSettings().data;
  const isOn = settings?.fetches === true && settings.shows;
  const { data } = useCards(channel_id, id, isOn && isAsked);
  const remove = useRemoveCard(channel_id, id);
  if (!isOn) return null;
  if (!isAsked) {
    return (
      <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setAsked(true)}>
        {t('load')}
      </Button>
    );
  }
  // A link that an edit has taken out takes its card along at once.
  const cards = data?.filter(({ url }) => hrefs.includes(url)) ?? [];
  if (cards.length === 0) return null;
  const canRemove = message.author_id === me_id || can_manage;
  const take = (link_id: Id) => settle(remove.mutateAsync(link_id), { onError: tellRefusal });
  return (
    <div className={styles.cards} role="group" aria-label={t('cards')}>
      {cards.map((card) => (
        <LinkCardView key={card.id} card={card} tabIndex={tabIndex} onRemove={canRemove ? () => take(card.id) : null} />
      ))}
    </div>
  );
}
