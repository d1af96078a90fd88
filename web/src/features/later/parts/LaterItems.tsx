import { IconCalendarTime, IconClock, IconSunrise } from '@tabler/icons-react';
import type { ChannelRow, Micros } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { usePerson } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { nextStart, presets, sayMorning, sayThere } from '../model';
import { useWork } from '../queries';
import { useText } from '../strings';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

type LaterItemsProps = { channel: ChannelRow; onChoose: (how: { kind: 'at'; due_at: Micros }) => void; onPick: () => void };

/** In the composer's menu: the mornings that are meant most often, and any other time. */
export function LaterItems({ channel, onChoose, onPick }: LaterItemsProps) {
  const t = useText();
  const now = useMinute();
  const locale = currentLocale();
  const me_id = useMe()?.id;
  const others = channel.kind === 'direct' ? channel.people.filter((id) => id !== me_id) : [];
  const other_id = others.length === 1 ? others[0] : undefined;
  const { data: other } = useWork(other_id);
  const name = usePerson(other_id ?? '')?.name;
  const start = other ? nextStart(other.work, now) : null;
  return (
    <>
      {presets(now).map(({ key, due_at }) => (
        <MenuItem key={key} icon={<IconCalendarTime {...icon} />} onSelect={() => onChoose({ kind: 'at', due_at })}>
          {key === 'tomorrow' ? t('tomorrow_at', { time: formatTime(due_at, locale) }) : sayMorning(due_at, locale)}
        </MenuItem>
      ))}
      {start !== null && name && (
        <MenuItem icon={<IconSunrise {...icon} />} hint={sayThere(start, locale)} onSelect={() => onChoose({ kind: 'at', due_at: start })}>
          {t('start_of_day_of', { name })}
        </MenuItem>
      )}
      <MenuItem icon={<IconClock {...icon} />} onSelect={onPick}>
        {t('pick_time')}
      </MenuItem>
      <MenuLine />
    </>
  );
}
