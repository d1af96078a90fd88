import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { currentLocale } from '@/i18n/core';
import { formatSeconds } from '@/lib/time';
import type { OutboxItem } from '@/realtime/outbox';
import { useText } from '../strings';
import { useFeed } from './actions';
import styles from './UnsentState.module.css';
import { useTurn } from './useTurn';

/** One word under a message while it is not plainly sent. "Sending" comes only when it takes long (see the style). */
export function UnsentState({ item }: { item: OutboxItem }) {
  const t = useText();
  const { actions } = useFeed();
  if (item.state !== 'failed') {
    return (
      <p className={styles.state} data-state={item.state}>
        <IconClock size={14} stroke={1.6} aria-hidden="true" />
        {item.held_until_ms !== undefined ? <Turn until_ms={item.held_until_ms} /> : item.state === 'waiting' ? t('waiting') : t('sending')}
      </p>
    );
  }
  return (
    <p className={styles.state} role="alert">
      <IconAlertCircle size={14} stroke={1.6} aria-hidden="true" />
      <span>{item.problem?.detail ? t('failed_why', { detail: item.problem.detail }) : t('failed')}</span>
      {item.problem?.type === '/problems/words-asked' ? (
        <button type="button" onClick={() => actions.retry(item.id, true)}>
          {t('send_as_is')}
        </button>
      ) : (
        <button type="button" onClick={() => actions.retry(item.id)}>
          {t('try_again')}
        </button>
      )}
      <button type="button" onClick={() => actions.rewrite(item)}>
        {t('change_it')}
      </button>
      <button type="button" onClick={() => actions.discard(item.id)}>
        {t('discard')}
      </button>
    </p>
  );
}

/** Where people wait between their messages: how long it still takes. */
function Turn({ until_ms }: { until_ms: number }) {
  const t = useText();
  const wait_s = useTurn({ slow_until: until_ms * 1000 });
  return wait_s > 0 ? t('turn_in', { time: formatSeconds(wait_s, currentLocale()) }) : t('sending');
}
