import { IconCalendar, IconMessages, IconSettings, IconSun, IconUsers } from '@tabler/icons-react';
import { Link } from '@/router/Link';
import type { Start } from '@/api/types';
import { Brand } from './Brand';
import { InboxItem } from './InboxItem';
import { MeMenu } from './MeMenu';
import type { Place } from './place';
import { RailItem } from './RailItem';
import { useText } from './strings';
import type { Overlay } from './useShortcuts';
import styles from './Rail.module.css';

export type RailProps = { start: Start; place: Place; n_reports: number; onOverlay: (overlay: Overlay) => void };

const icon = { size: 22, stroke: 1.6, 'aria-hidden': true } as const;

/** Where one can go: icon and word. Only what exists. */
export function Rail({ start, place, n_reports, onOverlay }: RailProps) {
  const t = useText();
  return (
    <nav className={styles.rail} aria-label={t('rail')} data-pane="rail" tabIndex={-1}>
      <Link to="/" className={styles.brand} aria-label={t('home_of', { name: start.workspace.name })}>
        <Brand />
      </Link>
      <ul>
        <li>
          <RailItem to="/today" icon={<IconSun {...icon} />} label={t('today')} isOn={place.tab === 'today'} />
        </li>
        <li>
          <InboxItem start={start} isOn={place.tab === 'inbox'} />
        </li>
        <li>
          <RailItem to="/" icon={<IconMessages {...icon} />} label={t('spaces')} isOn={place.tab === 'spaces'} />
        </li>
        <li>
          <RailItem to="/schedule" icon={<IconCalendar {...icon} />} label={t('schedule')} isOn={place.tab === 'schedule'} />
        </li>
        <li>
          <RailItem to="/people" icon={<IconUsers {...icon} />} label={t('people')} isOn={place.tab === 'people'} />
        </li>
      </ul>
      <div className={styles.foot}>
        <RailItem to="/settings" icon={<IconSettings {...icon} />} label={t('settings')} isOn={place.tab === 'settings'} n_for_me={n_reports} />
        <MeMenu me={start.me} onOverlay={onOverlay} />
      </div>
    </nav>
  );
}
