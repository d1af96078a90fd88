import { IconHourglass } from '@tabler/icons-react';
import { currentLocale } from '@/i18n/core';
import { sayTime } from '@/lib/sayTime';
import { useMinute } from '@/lib/useMinute';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';

/** Until when those who were absent can still object to what was decided. */
export function ProvisionalChip({ until }: { until: number }) {
  const t = useText();
  const now = useMinute();
  return (
    <Chip icon={<IconHourglass size={14} stroke={1.6} aria-hidden="true" />}>
      {t('provisional_until', { time: sayTime(until, now, currentLocale()) })}
    </Chip>
  );
}
