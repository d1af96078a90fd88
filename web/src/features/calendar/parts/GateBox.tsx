import type { ReactNode } from 'react';
import type { Micros } from '@/lib/time';
import { formatTime } from '@/lib/time';
import { currentLocale } from '@/i18n/core';
import { TextField } from '@/ui/TextField';
import { formatDayName, wallOf } from '../model';
import { useText } from '../strings';
import styles from './Schedule.module.css';

type GateBoxProps = { reason: string; onReason: (reason: string) => void; hasAgenda: boolean; writtenBy: Micros | null; timeZone: string; instead: ReactNode };

/** The one question before a meeting that only tells something. */
export function GateBox({ reason, onReason, hasAgenda, writtenBy, timeZone, instead }: GateBoxProps) {
  const t = useText();
  const locale = currentLocale();
  const by = writtenBy === null ? null : `${formatDayName(wallOf(writtenBy, timeZone).day, locale, 'long')}, ${formatTime(writtenBy, locale, timeZone)}`;
  return (
    <div className={styles.gate}>
      <p>
        <b>{t('gate')}</b> {by ? t('gate_by', { time: by }) : t('gate_topic')}
      </p>
      {instead}
      <TextField label={t('gate_reason')} hint={hasAgenda ? undefined : t('gate_agenda')} value={reason} onChange={onReason} maxLength={300} />
    </div>
  );
}
