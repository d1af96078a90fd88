import { IconCalendar, IconMessages, IconSun, IconUsers } from '@tabler/icons-react';
import type { Start } from '@/api/types';
import { Face } from '@/ui/Face';
import { InboxItem } from './InboxItem';
import type { Place } from './place';
import { RailItem } from './RailItem';
import { useText } from './strings';
import styles from './Rail.module.css';

const icon = { size: 22, stroke: 1.6, 'aria-hidden': true } as const;

/** The rail of a phone, under the thumb. */
export function Tabs({ start, place, n_reports }: { start: Start; place: Place; n_reports: number }) {
  const t = useText();
  return (
    <nav className={styles.tabs} aria-label={t('tabs')} data-pane="tabs" tabIndex={-1}>
      <RailItem to="/today" icon={<IconSun {...icon} />} label={t('today')} isOn={place.tab === 'today'} />
      <InboxItem start={start} isOn={place.tab === 'inbox'} />
      <RailItem to="/" icon={<IconMessages {...icon} />} label={t('spaces')} isOn={place.tab === 'spaces'} />
      <RailItem to="/schedule" icon={<IconCalendar {...icon} />} label={t('schedule')} isOn={place.tab === 'schedule'} />
      <RailItem to="/people" icon={<IconUsers {...icon} />} label={t('people')} isOn={place.tab === 'people'} />
      <RailItem to="/settings" icon={<Face {...start.me} size={24} />} label={t('you')} isOn={place.tab === 'settings'} n_for_me={n_reports} />
    </nav>
  );
}
