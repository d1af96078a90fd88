import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { useText } from '../strings';
import type { PickPeople } from './pickPeople';
import styles from './Schedule.module.css';

/** More people than that are one colour. */
const MAX = 20;

type HoursOfProps = { people: Person[]; hasFocus: boolean; onChange: (people: Person[]) => void; PickPeople: PickPeople };

/** Whose hours are drawn beside my own. */
export function HoursOf({ people, hasFocus, onChange, PickPeople }: HoursOfProps) {
  const t = useText();
  const me = useMe();
  const [chosen, setChosen] = useState<Person[] | null>(null);
  const names = new Intl.ListFormat(currentLocale()).format(people.map(({ name }) => name));
  return (
    <div className={styles.hoursOf}>
      <span>{people.length > 0 ? t('hours_with', { names }) : t('hours_mine')}</span>
      {hasFocus && <span>{t('focus_stripe')}</span>}
      <Button size="s" tone="outline" icon={<IconUserPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => setChosen(people)}>
        {t('hours_of')}
      </Button>
      {chosen && (
        <Dialog
          title={t('hours_of')}
          hint={t('hours_of_hint')}
          onClose={() => setChosen(null)}
          actions={
            <>
              <Button tone="plain" onClick={() => setChosen(null)}>
                {t('cancel')}
              </Button>
              <Button
                tone="primary"
                onClick={() => {
                  onChange(chosen);
                  setChosen(null);
                }}
              >
                {t('show')}
              </Button>
            </>
          }
        >
          <PickPeople chosen={chosen} onChange={setChosen} without={new Set(me ? [me.id] : [])} max={MAX} />
        </Dialog>
      )}
    </div>
  );
}
