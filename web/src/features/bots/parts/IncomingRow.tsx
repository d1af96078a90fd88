import type { IncomingHook, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatRelative } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { useText } from '../strings';
import styles from './ChannelHooks.module.css';
import { MadeBy } from './MadeBy';

export function IncomingRow({ hook, people, onRemove }: { hook: IncomingHook; people: readonly Person[]; onRemove: () => void }) {
  const t = useText();
  const now = useMinute();
  const { name } = hook.bot;
  return (
    <CardRow
      title={name}
      text={
        <span className={styles.row}>
          <span>
            {t('posts_here')}
            {', '}
            {hook.used_at === null ? t('never_used') : t('used', { when: formatRelative(Math.min(hook.used_at, now), now, currentLocale()) })}
          </span>
          <MadeBy id={hook.created_by} people={people} />
          {hook.refusal && <span>{t('refused', { why: hook.refusal })}</span>}
          <span className={styles.buttons}>
            <Button size="s" tone="plain" onClick={onRemove} aria-label={t('remove_name', { name })}>
              {t('remove')}
            </Button>
          </span>
        </span>
      }
    />
  );
}
