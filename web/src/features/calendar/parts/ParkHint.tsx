import type { Id, MeetingView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { useWavePark } from '../parkQueries';
import { useText } from '../strings';
import styles from './Park.module.css';

/** More names would be no quiet line. */
const MAX_NAMED = 3;

/** A quiet line for whoever may change the meeting: it could be written down. */
export function ParkHint({ view, onPark }: { view: MeetingView; onPark: () => void }) {
  const t = useText();
  const away = useNames(view);
  const wave = useWavePark(view.meeting.id);
  if (!view.park) return null;
  return (
    <div className={styles.hint} role="note">
      <p>
        {view.park.why === 'no_agenda' ? t('park_no_agenda') : t('park_who', { count: view.park.people.length, names: away })} {t('park_hint')}
      </p>
      <div className={styles.acts}>
        <Button size="s" tone="outline" onClick={onPark}>
          {t('park')}
        </Button>
        <Button size="s" tone="plain" busy={wave.isPending} onClick={() => wave.mutate()}>
          {t('park_not')}
        </Button>
      </div>
      <FormError error={wave.error} />
    </div>
  );
}

function useNames({ park, people }: MeetingView): string {
  const t = useText();
  const away = park?.people ?? [];
  // With one more than are named, all are: "and 1 other" would be as long.
  const named = away.length > MAX_NAMED + 1 ? away.slice(0, MAX_NAMED) : away;
  const nameOf = (id: Id) => people.find((person) => person.id === id)?.name ?? [];
  const rest = away.length - named.length;
  const all = [...named.flatMap(nameOf), ...(rest > 0 ? [t('park_others', { count: rest })] : [])];
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(all);
}
