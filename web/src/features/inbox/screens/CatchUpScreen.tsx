import { IconClock, IconPlayerPlay } from '@tabler/icons-react';
import { useState, type ComponentType } from 'react';
import type { CatchUpItem, Id } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { usePerson } from '@/realtime/people';
import { sayTime } from '@/lib/sayTime';
import { useMinute } from '@/lib/useMinute';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { keepFocus } from '@/ui/keepFocus';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { restBeside, roundMinutes } from '../model';
import styles from '../parts/Inbox.module.css';
import { LineRow } from '../parts/LineRow';
import { ProvisionalChip } from '../parts/ProvisionalChip';
import { onRowKeys } from '../parts/rowKeys';
import { useLineText } from '../parts/useLineText';
import { useCatchUp } from '../queries';
import { useText } from '../strings';

const PACES = [2, 10, 30] as const;

/** Another feature's answers to what calls me, handed in by the app. */
type UrgentMoves = ComponentType<{ message_id: Id }>;

/** What to read in the time there is: what is on me always, then what weighs most. */
export function CatchUpScreen({ UrgentMoves }: { UrgentMoves: UrgentMoves }) {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const [minutes, setMinutes] = useState<number>(10);
  const { data: plan, error, refetch, isPending } = useCatchUp(me_id, minutes);
  const rest = plan ? restBeside(plan) : [];
  return (
    <Pane>
      <PaneHeader title={t('catch_up')} icon={<IconPlayerPlay size={19} stroke={1.6} aria-hidden="true" />} subtitle={t('catch_up_subtitle')} back="/inbox" />
      <PaneBody>
        <div ref={keepFocus} className={styles.sheet} onKeyDown={onRowKeys}>
          <div className={styles.choices} role="group" aria-label={t('time')}>
            {PACES.map((pace) => (
              <Button key={pace} size="s" tone={pace === minutes ? 'primary' : 'outline'} aria-pressed={pace === minutes} onClick={() => setMinutes(pace)}>
                {t('minutes', { count: pace })}
              </Button>
            ))}
            {plan && plan.items.length > 0 && <span>{t('takes', { length: t('minutes', { count: roundMinutes(plan.takes_s) }) })}</span>}
          </div>
          {isPending && <Skeleton rows={6} />}
          {error && !plan && <ErrorState error={error} onRetry={() => void refetch()} />}
          {plan?.items.length === 0 && <EmptyState icon={<IconPlayerPlay size={28} stroke={1.4} aria-hidden="true" />} text={t('nothing_to_catch_up')} />}
          {plan && plan.items.length > 0 && (
            <ul className={styles.list} aria-label={t('catch_up')}>
              {plan.items.map((item) => (
                <Item key={item.kind + item.line.message_id} item={item} UrgentMoves={UrgentMoves} />
              ))}
            </ul>
          )}
          {plan && plan.n_more > 0 && <p className={styles.endLine}>{t('more', { count: plan.n_more })}</p>}
          {plan && rest.length > 0 && (
            <>
              <h2>{t('rest')}</h2>
              <ul className={styles.list} aria-label={t('rest')}>
                {rest.map(({ place: { line, n_unread }, isShown }) => (
                  <LineRow
                    key={line.channel_id}
                    line={line}
                    text={isShown ? t('more_besides') : undefined}
                    end={<Chip>{t('n_new', { count: n_unread })}</Chip>}
                  />
                ))}
              </ul>
            </>
          )}
          {plan && <p className={styles.endLine}>{t('that_is_all')}</p>}
        </div>
      </PaneBody>
    </Pane>
  );
}

function Item({ item, UrgentMoves }: { item: CatchUpItem; UrgentMoves: UrgentMoves }) {
  const t = useText();
  const textOf = useLineText();
  const author = usePerson(item.line.author_id);
  const last = usePerson(item.last?.author_id ?? item.line.author_id);
  const said = t('said', { name: author?.name ?? '', text: textOf(item.line) });
  const text =
    item.decision !== null ? (
      <span className={styles.decision}>{item.decision}</span>
    ) : (
      <>
        {said}
        {item.last && <small>{t('last', { name: last?.name ?? '', text: textOf(item.last) })}</small>}
      </>
    );
  return (
    <LineRow
      line={item.line}
      text={text}
      end={
        <>
          {item.kind === 'urgent' && <UrgentMoves message_id={item.line.message_id} />}
          {item.provisional_until !== null && <ProvisionalChip until={item.provisional_until} />}
          {item.due !== null ? (
            <Due at={item.due} />
          ) : item.kind === 'topic' ? (
            <Chip>{t('n_new', { count: item.n_messages })}</Chip>
          ) : (
            <Chip tone={item.kind === 'urgent' ? 'urgent' : 'calm'}>{t(`kind_${item.kind}`)}</Chip>
          )}
        </>
      }
    />
  );
}

/** By when, in the words of the asks. */
function Due({ at }: { at: number }) {
  const t = useText();
  const now = useMinute();
  const time = sayTime(at, now, currentLocale());
  return (
    <Chip tone="due" icon={<IconClock size={14} stroke={1.6} aria-hidden="true" />}>
      {t(at < now ? 'was_due' : 'due', { time })}
    </Chip>
  );
}
