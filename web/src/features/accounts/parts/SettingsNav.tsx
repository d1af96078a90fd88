import { IconBuilding, IconChartBar, IconClock, IconDatabase, IconDeviceLaptop, IconHeadphones, IconHeartbeat, IconHistory, IconHourglass, IconKey, IconLock, IconMail, IconPalette, IconSend, IconShield, IconUser, IconUsers } from '@tabler/icons-react';
import { Link } from '@/router/Link';
import { Chip } from '@/ui/Chip';
import type { Me } from '@/api/types';
import { settingsPagesFor, type SettingsPage } from '../model';
import { useText } from '../strings';
import styles from './SettingsNav.module.css';

const icons = {
  profile: IconUser,
  time: IconClock,
  calls: IconHeadphones,
  numbers: IconChartBar,
  appearance: IconPalette,
  privacy: IconLock,
  sessions: IconDeviceLaptop,
  tokens: IconKey,
  people: IconUsers,
  invitations: IconMail,
  workspace: IconBuilding,
  mail: IconSend,
  audit: IconHistory,
  health: IconHeartbeat,
  storage: IconDatabase,
  retention: IconHourglass,
  moderation: IconShield,
} as const satisfies Record<SettingsPage, unknown>;

/** Stands where the sidebar stands, so that there is never a second list beside it. */
export function SettingsNav({ me, moderates, n_reports }: { me: Me; moderates: boolean; n_reports: number }) {
  const t = useText();
  const { own, admin } = settingsPagesFor(me.role, moderates);

  function links(pages: readonly SettingsPage[]) {
    return (
      <ul>
        {pages.map((page) => {
          const Icon = icons[page];
          return (
            <li key={page}>
              <Link to="/settings/$page" params={{ page }} className={styles.link} showsCurrent>
                <Icon size={16} stroke={1.6} aria-hidden="true" />
                {t(`page_${page}`)}
                {page === 'moderation' && n_reports > 0 && (
                  <Chip tone="accent">
                    {n_reports}
                    <span className="visually-hidden"> {t('n_reports', { count: n_reports })}</span>
                  </Chip>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    );
  }

  return (
    <nav className={styles.nav} aria-label={t('settings')} data-pane="sidebar" tabIndex={-1}>
      <p className={styles.title}>{t('settings')}</p>
      <h2 className={styles.group}>{t('your_own')}</h2>
      {links(own)}
      {admin.length > 0 && (
        <>
          <h2 className={styles.group}>{t('the_workspace')}</h2>
          {links(admin)}
        </>
      )}
    </nav>
  );
}
