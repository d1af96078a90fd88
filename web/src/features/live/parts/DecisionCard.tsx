import { IconGavel } from '@tabler/icons-react';
import type { LiveView, Message } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { settle } from '@/lib/settle';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { tellRefusal } from '@/ui/tellRefusal';
import { object } from '../objecting';
import { useAgree, useLive } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';

type DecisionCardProps = { message: Message; tabIndex: 0 | -1 };

/** Under the message that says what was decided: whether it is final, and for whoever was absent the way to say no. */
export function DecisionCard({ message, tabIndex }: DecisionCardProps) {
  const { data: live } = useLive(message.channel_id, message.card?.id ?? '');
  if (live?.session.decision?.message_id !== message.id) return null;
  return <Loaded live={live} message={message} tabIndex={tabIndex} />;
}

function Loaded({ live: { session, may_object }, message, tabIndex }: DecisionCardProps & { live: LiveView }) {
  const t = useText();
  const agree = useAgree(message.channel_id, message.id);
  const { decision } = session;
  const objector = usePerson(decision?.objected_by ?? session.started_by)?.name ?? t('somebody');
  if (!decision) return null;
  const isProvisional = decision.final_at === null && decision.objected_at === null;
  return (
    <div className={styles.strip} role="group" aria-label={t('decision')} data-provisional={isProvisional || undefined}>
      <span className={styles.pill}>
        <IconGavel size={16} stroke={1.6} aria-hidden="true" />
        {t('decision')}
      </span>
      <span className={styles.note}>{words()}</span>
      {isProvisional && may_object && (
        <>
          <Button size="s" tabIndex={tabIndex} busy={agree.isPending} onClick={() => settle(agree.mutateAsync(), { onError: tellRefusal })}>
            {t('agree')}
          </Button>
          <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => object({ channel_id: message.channel_id, live_id: session.id })}>
            {t('object')}
          </Button>
        </>
      )}
    </div>
  );

  function words() {
    if (!decision) return '';
    if (decision.objected_at !== null) return decision.objected_by ? t('was_objected', { name: objector }) : t('was_objected_by_nobody');
    if (decision.final_at !== null) return decision.open_until === null ? t('final_at_once') : t('is_final');
    return t('is_provisional', { time: formatDateTime(decision.open_until ?? decision.decided_at, currentLocale()) });
  }
}
