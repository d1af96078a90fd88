import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { LiveView } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { FormError } from '@/ui/FormError';
import { IconButton } from '@/ui/IconButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { tellRefusal } from '@/ui/tellRefusal';
import { TextField } from '@/ui/TextField';
import { useAgenda } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';
import { PanelHead } from './PanelHead';

type Row = { title: string; minutes: string };
const POINTS_MAX = 30;

/** What is to be spoken about, and which point it is. */
export function AgendaPanel({ live, isHost, onClose }: { live: LiveView; isHost: boolean; onClose: () => void }) {
  const t = useText();
  const { session, agenda: points } = live;
  const [rows, setRows] = useState<Row[] | null>(null);
  const agenda = useAgenda(session.channel_id, session.id);
  const goTo = (point: number | null) => settle(agenda.mutateAsync({ points, point }), { onError: tellRefusal });
  const edit = () => setRows([...points.map(({ title, minutes }) => ({ title, minutes: minutes ? String(minutes) : '' })), { title: '', minutes: '' }]);
  const put = (idx: number, change: Partial<Row>) => setRows((rows ?? []).map((row, at) => (at === idx ? { ...row, ...change } : row)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const kept = (rows ?? []).filter(({ title }) => title.trim() !== '');
    const wanted = kept.map(({ title, minutes }) => ({ title: title.trim(), minutes: minutes === '' ? null : Number(minutes) }));
    const point = session.point !== null && session.point < wanted.length ? session.point : null;
    agenda.mutate({ points: wanted, point }, { onSuccess: () => setRows(null) });
  };
  return (
    <Pane as="aside" label={t('agenda')}>
      <PanelHead title={t('agenda')} onClose={onClose} />
      <PaneBody>
        <div className={styles.panelBody}>
        {rows === null && points.length === 0 && (
          <EmptyState text={isHost ? t('no_agenda_hint') : t('no_agenda_yet')} action={isHost && <Button onClick={edit}>{t('write_agenda')}</Button>} />
        )}
        {rows === null && points.length > 0 && (
          <>
            <ol className={styles.points}>
              {points.map((point, idx) => (
                <li key={idx} aria-current={session.point === idx ? 'step' : undefined}>
                  <span dir="auto">{point.title}</span>
                  {point.minutes && <small>{t('minutes', { count: point.minutes })}</small>}
                  {isHost && session.point !== idx && (
                    <Button size="s" tone="plain" aria-label={t('go_to_point_of', { title: point.title })} onClick={() => goTo(idx)}>
                      {t('go_to_point')}
                    </Button>
                  )}
                </li>
              ))}
            </ol>
            {isHost && (
              <div className={styles.row}>
                <Button size="s" onClick={edit}>
                  {t('change_agenda')}
                </Button>
                {session.point !== null && (
                  <Button size="s" tone="plain" onClick={() => goTo(null)}>
                    {t('no_point')}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
        {rows !== null && (
          <form className={styles.fields} onSubmit={submit}>
            {rows.map((row, idx) => (
              <div key={idx} className={styles.pointRow}>
                <TextField label={t('point_n', { n: idx + 1 })} value={row.title} maxLength={200} onChange={(title) => put(idx, { title })} />
                <TextField label={t('in_minutes')} type="number" min={1} max={240} value={row.minutes} onChange={(minutes) => put(idx, { minutes })} />
                <IconButton size="s" label={t('remove_point', { n: idx + 1 })} onClick={() => setRows(rows.filter((_, at) => at !== idx))}>
                  <IconX size={18} stroke={1.6} aria-hidden="true" />
                </IconButton>
              </div>
            ))}
            {rows.length < POINTS_MAX && (
              <Button size="s" tone="plain" icon={<IconPlus size={16} stroke={1.8} aria-hidden="true" />} onClick={() => setRows([...rows, { title: '', minutes: '' }])}>
                {t('add_point')}
              </Button>
            )}
            <FormError error={agenda.error} />
            <div className={styles.row}>
              <Button tone="plain" onClick={() => setRows(null)}>
                {t('cancel')}
              </Button>
              <Button tone="primary" type="submit" busy={agenda.isPending}>
                {t('save')}
              </Button>
            </div>
          </form>
        )}
        </div>
      </PaneBody>
    </Pane>
  );
}
