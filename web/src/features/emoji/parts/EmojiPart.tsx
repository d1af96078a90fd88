import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { settle } from '@/lib/settle';
import { emojiQuery } from '@/realtime/emoji';
import { useMe } from '@/realtime/start';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { useRemoveEmoji, useSwitchEmoji } from '../queries';
import { useText } from '../strings';
import { AddEmoji } from './AddEmoji';
import { EmojiRow } from './EmojiRow';
import styles from './Emoji.module.css';

/** The emoji of the workspace's own; administrators say who adds them. Without the right to add one there is nothing here. */
export function EmojiPart({ isAdmin }: { isAdmin: boolean }) {
  const t = useText();
  const me_id = useMe()?.id;
  const { data, error, refetch } = useQuery(emojiQuery);
  const change = useSwitchEmoji();
  const remove = useRemoveEmoji();
  const [going, setGoing] = useState<string | null>(null);
  if (!isAdmin && !data?.may_add) return null;
  return (
    <Section title={t('own_emoji')} hint={t('own_emoji_hint')}>
      {!data && !error && <Skeleton rows={3} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && isAdmin && (
        <Switch
          label={t('everyone')}
          hint={t('everyone_hint')}
          checked={data.everyone}
          disabled={change.isPending}
          onChange={(everyone) => settle(change.mutateAsync(everyone), { onSuccess: () => showToast(t('saved')), onError: tellRefusal })}
        />
      )}
      {data && <AddEmoji />}
      {data?.items.length === 0 && <p className={styles.none}>{t('none')}</p>}
      {data && data.items.length > 0 && (
        <ul className={styles.list} aria-label={t('own_emoji')}>
          {data.items.map((emoji) => (
            <EmojiRow key={emoji.name} emoji={emoji} onRemove={isAdmin || emoji.created_by === me_id ? () => setGoing(emoji.name) : null} />
          ))}
        </ul>
      )}
      {going !== null && (
        <ConfirmDialog
          title={t('remove_title', { name: `:${going}:` })}
          confirmLabel={t('remove_it')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(going, { onSuccess: () => setGoing(null) })}
          onClose={() => setGoing(null)}
        >
          {t('remove_text')}
        </ConfirmDialog>
      )}
    </Section>
  );
}
