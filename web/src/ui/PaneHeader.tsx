import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@/router/Link';
import { use, type ReactNode } from 'react';
import styles from './Pane.module.css';
import { PanelIsPage } from './panelContext';
import { usePaneFocus } from './paneFocus';
import { useText } from './strings';
import { usePageTitle } from './usePageTitle';

export type PaneHeaderProps = {
  title: string;
  /** 1 in the main pane, 2 in a panel. */
  level?: 1 | 2;
  icon?: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** Where the phone's back button goes; `null` for none. */
  back?: '/' | '/inbox' | '/people' | '/groups' | '/browse' | '/settings' | null;
  /** The title takes focus when this changes after a navigation; the id of what is shown. */
  focusKey?: string;
};

export function PaneHeader({ title, level = 1, icon, subtitle, actions, back = '/', focusKey = title }: PaneHeaderProps) {
  const t = useText();
  const titleBox = usePaneFocus(focusKey);
  const isPage = use(PanelIsPage);
  const Heading = level === 1 || isPage ? 'h1' : 'h2';
  usePageTitle(Heading === 'h1' ? title : null);
  return (
    <div className={styles.head}>
      {back !== null && (
        <Link to={back} className={styles.back} aria-label={t('back')}>
          <IconArrowLeft className="mirror" size={20} stroke={1.6} aria-hidden="true" />
        </Link>
      )}
      <div className={styles.title}>
        <Heading ref={titleBox} tabIndex={-1}>
          {icon}
          <span dir="auto">{title}</span>
        </Heading>
        {subtitle && <p dir="auto">{subtitle}</p>}
      </div>
      {actions}
    </div>
  );
}
