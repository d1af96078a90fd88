import { IconCopy, IconPlus, IconX } from '@tabler/icons-react';
import type { WeekLine } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { IconButton } from '@/ui/IconButton';
import { clockOf, drawn, linesOf, MAX_LINES, MINUTES_PER_DAY, minutesOf, nextStretch, onWorkdays, weekdayName, weekOrder, withDay, type Lines, type Stretch } from '../model';
import { useText } from '../strings';
import styles from './WeekEditor.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

export type WeekEditorProps = { label: string; lines: Lines; onChange: (lines: WeekLine[]) => void; tone?: 'work' | 'quiet' | 'focus' };

/** A week to be written: each day with its stretches, and the whole of it drawn beside. */
export function WeekEditor({ label, lines, onChange, tone = 'work' }: WeekEditorProps) {
  const t = useText();
  const locale = currentLocale();
  return (
    <div className={styles.week} role="group" aria-label={label}>
      {weekOrder(locale).map((weekday) => {
        const day = linesOf(lines, weekday);
        const name = weekdayName(weekday, locale);
        const change = (stretches: readonly Stretch[]) => onChange(withDay(lines, weekday, stretches));
        return (
          <div key={weekday} className={styles.day} role="group" aria-label={name}>
            <b className={styles.name}>{name}</b>
            <DayBar stretches={drawn(lines, weekday)} tone={tone} />
            <div className={styles.stretches}>
              {day.length === 0 && <span className={styles.none}>{t('nothing')}</span>}
              {day.map((stretch, idx) => (
                <StretchFields
                  key={idx}
                  name={name}
                  stretch={stretch}
                  onChange={(changed) => change(day.map((other, at) => (at === idx ? changed : other)))}
                  onRemove={() => change(day.filter((_, at) => at !== idx))}
                />
              ))}
            </div>
            <div className={styles.tools}>
              <IconButton label={t('add_hours', { day: name })} size="s" disabled={lines.length >= MAX_LINES} onClick={() => change([...day, nextStretch(day)])}>
                <IconPlus {...icon} />
              </IconButton>
              <IconButton label={t('on_workdays', { day: name })} size="s" onClick={() => onChange(onWorkdays(lines, weekday))}>
                <IconCopy {...icon} />
              </IconButton>
            </div>
          </div>
        );
      })}
    </div>
  );
}

type StretchFieldsProps = { name: string; stretch: Stretch; onChange: (stretch: Stretch) => void; onRemove: () => void };

function StretchFields({ name, stretch, onChange, onRemove }: StretchFieldsProps) {
  const t = useText();
  const isOver = stretch.to_min <= stretch.from_min;
  const set = (part: keyof Stretch, clock: string) => {
    const minutes = minutesOf(clock);
    if (minutes !== null) onChange({ ...stretch, [part]: minutes });
  };
  return (
    <span className={styles.stretch}>
      <input type="time" aria-label={t('from_on', { day: name })} value={clockOf(stretch.from_min)} required onChange={(event) => set('from_min', event.target.value)} />
      <span aria-hidden="true">–</span>
      <input type="time" aria-label={t('to_on', { day: name })} value={clockOf(stretch.to_min)} required onChange={(event) => set('to_min', event.target.value)} />
      {isOver && stretch.to_min > 0 && <small>{t('next_day')}</small>}
      <IconButton label={t('remove_hours', { from: clockOf(stretch.from_min), day: name })} size="s" onClick={onRemove}>
        <IconX {...icon} />
      </IconButton>
    </span>
  );
}

/** Twenty-four hours as a strip; the fields say the same to those who do not see it. */
function DayBar({ stretches, tone }: { stretches: readonly Stretch[]; tone: string }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      {stretches.map(({ from_min, to_min }, idx) => (
        <span
          key={idx}
          data-tone={tone}
          style={{ insetInlineStart: `${(from_min / MINUTES_PER_DAY) * 100}%`, inlineSize: `${((to_min - from_min) / MINUTES_PER_DAY) * 100}%` }}
        />
      ))}
    </span>
  );
}
