import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { AskKind, ChannelRow, Id, NewAsk } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { IconButton } from '@/ui/IconButton';
import { fromField, toField } from '../model';
import { useAskPreview } from '../queries';
import { useText } from '../strings';
import styles from './Asks.module.css';
import { Absences, useTimes } from './Forecast';

const KINDS = ['question', 'feedback', 'action', 'read'] as const satisfies readonly AskKind[];
const HOUR_US = 3_600_000_000;

type AskBarProps = {
  channel: ChannelRow;
  topic_id: Id | null;
  /** Whom the text names. */
  named: readonly Id[];
  ask: NewAsk;
  onAsk: (ask: NewAsk | null) => void;
  onToggle: (id: Id) => void;
};

/** What is wanted, of whom, by when. */
export function AskBar({ channel, topic_id, named, ask, onAsk, onToggle }: AskBarProps) {
  const t = useText();
  const { data } = useAskPreview(channel.id, topic_id, ask, !ask.everyone);
  const times = useTimes(data);
  const needsAll = ask.needs === 'all' || ask.kind === 'read';
  const time = needsAll ? times.last : times.first;
  const setKind = (kind: AskKind) => onAsk({ ...ask, kind, everyone: kind === 'read' && ask.everyone === true });
  return (
    <div className={styles.bar} role="group" aria-label={t('needs_reply')}>
      <div className={styles.grow}>
        <div className={styles.fields}>
          <select aria-label={t('kind')} value={ask.kind} onChange={({ target }) => setKind(KINDS.find((kind) => kind === target.value) ?? 'question')}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind_${kind}`)}
              </option>
            ))}
          </select>
          {ask.kind === 'read' && (
            <label className={styles.who}>
              <input type="checkbox" checked={ask.everyone === true} onChange={({ target }) => onAsk({ ...ask, everyone: target.checked, people: [] })} />
              {t('everyone_here', { count: channel.n_members - 1 })}
            </label>
          )}
          {!ask.everyone && named.map((id) => <Who key={id} id={id} isAsked={ask.people.includes(id)} onToggle={() => onToggle(id)} />)}
          {!ask.everyone && ask.kind !== 'read' && ask.people.length > 1 && (
            <select aria-label={t('needs')} value={ask.needs ?? 'any'} onChange={({ target }) => onAsk({ ...ask, needs: target.value === 'all' ? 'all' : 'any' })}>
              <option value="any">{t('needs_any')}</option>
              <option value="all">{t('needs_all')}</option>
            </select>
          )}
          <When ask={ask} usual={time} onAsk={onAsk} />
        </div>
        {!ask.everyone && named.length === 0 && <p className={styles.away}>{t('name_somebody')}</p>}
        {data && data.people.length < ask.people.length && <p className={styles.away}>{t('not_here')}</p>}
        {data && <Absences preview={data} />}
      </div>
      <IconButton label={t('ask_nothing')} size="s" onClick={() => onAsk(null)}>
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function Who({ id, isAsked, onToggle }: { id: Id; isAsked: boolean; onToggle: () => void }) {
  const person = usePerson(id);
  return (
    <label className={styles.who}>
      <input type="checkbox" checked={isAsked} onChange={onToggle} />
      <bdi>{person?.name ?? id}</bdi>
    </label>
  );
}

function When({ ask, usual, onAsk }: { ask: NewAsk; usual: string | null; onAsk: (ask: NewAsk) => void }) {
  const t = useText();
  const [isOwn, setOwn] = useState(ask.by !== undefined);
  const { by: _, ...withoutBy } = ask;
  const choose = (own: boolean) => {
    setOwn(own);
    onAsk(own ? { ...ask, by: startOfHour(Date.now() * 1000 + 24 * HOUR_US) } : withoutBy);
  };
  return (
    <>
      <select aria-label={t('by_when')} value={isOwn ? 'own' : 'usual'} onChange={({ target }) => choose(target.value === 'own')}>
        <option value="usual">{usual ? t('as_usual', { time: usual }) : t('as_usual_no_time')}</option>
        <option value="own">{t('own_time')}</option>
      </select>
      {isOwn && (
        <input
          type="datetime-local"
          aria-label={t('own_time')}
          value={ask.by === undefined ? '' : toField(ask.by)}
          min={toField(Date.now() * 1000 + HOUR_US)}
          onChange={({ target }) => {
            const by = fromField(target.value);
            if (by !== null) onAsk({ ...ask, by });
          }}
        />
      )}
    </>
  );
}

function startOfHour(at: number): number {
  return Math.floor(at / HOUR_US) * HOUR_US;
}
