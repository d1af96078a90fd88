import type { OutgoingHook, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { useChangeOutgoing } from '../changes';
import { hostOf } from '../model';
import { useText } from '../strings';
import styles from './ChannelHooks.module.css';
import { MadeBy } from './MadeBy';

type OutgoingRowProps = { hook: OutgoingHook; people: readonly Person[]; onLog: () => void; onRemove: () => void };

export function OutgoingRow({ hook, people, onLog, onRemove }: OutgoingRowProps) {
  const t = useText();
  const change = useChangeOutgoing(hook.channel_id, hook.id);
  const isOff = hook.disabled_at !== null;
  return (
    <CardRow
      title={hook.name}
      text={
        <span className={styles.row}>
          <span>
            {t('tells', { host: hostOf(hook.url) })}
            {hook.n_waiting > 0 && `, ${t('n_waiting', { count: hook.n_waiting })}`}
          </span>
          <MadeBy id={hook.created_by} people={people} />
          {isOff && <Chip>{t('off')}</Chip>}
          {hook.disabled_why && <span>{t('off_why', { why: hook.disabled_why })}</span>}
          {hook.failing_since !== null && !isOff && <span>{t('failing', { when: formatDateTime(hook.failing_since, currentLocale()) })}</span>}
          <span className={styles.buttons}>
            <Button size="s" tone="plain" onClick={onLog} aria-label={t('log_of', { name: hook.name })}>
              {t('log')}
            </Button>
            <Button size="s" tone="plain" busy={change.isPending} onClick={() => change.mutate({ enabled: isOff })}>
              {isOff ? t('switch_on') : t('switch_off')}
            </Button>
            <Button size="s" tone="plain" onClick={onRemove} aria-label={t('remove_name', { name: hook.name })}>
              {t('remove')}
            </Button>
          </span>
        </span>
      }
    />
  );
}
