import { untilThere } from '@/lib/untilThere';
import { IconBookmark, IconCalendarTime, IconFiles, IconGavel, IconMessages, IconPlus, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ChannelRow, Start } from '@/api/types';
import { Link } from '@/router/Link';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { arrangeSidebar, hasNews, type SidebarSection } from '../model';
import { useText } from '../strings';
import { ChannelRows } from './ChannelRows';
import { SectionFold } from './SectionFold';
import type { SidebarDialog } from './SidebarDialogs';
import { SpaceMenu } from './SpaceMenu';
import { WorkspaceMenu } from './WorkspaceMenu';
import styles from './Sidebar.module.css';

const SidebarDialogs = lazy(() => untilThere(() => import('./SidebarDialogs')).then((module) => ({ default: module.SidebarDialogs })));

/** Of other features: `top` above the list, `places` first in it, `foot` below the channels. */
export type SidebarProps = { start: Start; onJump: () => void; top?: ReactNode; places?: ReactNode; foot: ReactNode };

/** Workspace menu, the jump field, and every channel this person is in. */
export function Sidebar({ start, onJump, top, places, foot }: SidebarProps) {
  const t = useText();
  const [dialog, setDialog] = useState<SidebarDialog | null>(null);
  const sections = arrangeSidebar(start.spaces, start.channels, currentLocale());
  const hasSpaces = sections.some((section) => section.kind === 'space');
  const leave = (row: ChannelRow) => setDialog({ kind: 'leave-channel', row });
  const nameOf = (section: SidebarSection) =>
    section.kind === 'space' ? section.space.name : section.kind === 'pinned' ? t('pinned') : t('directs');

  function actionsOf(section: SidebarSection) {
    if (section.kind === 'space') return <SpaceMenu space={section.space} openDialog={setDialog} />;
    if (section.kind === 'pinned') return null;
    return (
      <IconButton size="s" label={t('new_direct')} onClick={() => setDialog({ kind: 'new-direct' })}>
        <IconPlus size={16} stroke={1.6} aria-hidden="true" />
      </IconButton>
    );
  }

  return (
    <nav className={styles.sidebar} aria-label={t('sidebar')} data-pane="sidebar" tabIndex={-1}>
      <WorkspaceMenu workspace={start.workspace} me={start.me} openDialog={setDialog} />
      <button type="button" className={styles.jump} onClick={onJump}>
        <IconSearch size={16} stroke={1.6} aria-hidden="true" />
        <span>{t('jump')}</span>
        <kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <div className={styles.scroll}>
        {top}
        <ul className={styles.places}>
          {places}
          <li>
            <Link to="/topics" showsCurrent>
              <IconMessages size={16} stroke={1.6} aria-hidden="true" />
              {t('topics')}
            </Link>
          </li>
          <li>
            <Link to="/decisions" showsCurrent>
              <IconGavel size={16} stroke={1.6} aria-hidden="true" />
              {t('decisions')}
            </Link>
          </li>
          <li>
            <Link to="/saved" showsCurrent>
              <IconBookmark size={16} stroke={1.6} aria-hidden="true" />
              {t('saved_for_later')}
            </Link>
          </li>
          <li>
            <Link to="/scheduled" showsCurrent>
              <IconCalendarTime size={16} stroke={1.6} aria-hidden="true" />
              {t('scheduled')}
            </Link>
          </li>
          <li>
            <Link to="/files" showsCurrent>
              <IconFiles size={16} stroke={1.6} aria-hidden="true" />
              {t('files')}
            </Link>
          </li>
        </ul>
        {!hasSpaces && (
          <div className={styles.hint}>
            <p>{t('no_spaces')}</p>
            {start.me.role !== 'guest' && (
              <Button size="s" onClick={() => setDialog({ kind: 'create-space' })}>
                {t('create_space')}
              </Button>
            )}
          </div>
        )}
        {sections.map((section) => (
          <SectionFold key={section.key} id={section.key} name={nameOf(section)} actions={actionsOf(section)}>
            {(isFolded) =>
              section.rows.length > 0 ? (
                <ChannelRows telling={start} rows={section.rows} shown={isFolded ? section.rows.filter((row) => hasNews(row, start)) : section.rows} onLeave={leave} />
              ) : (
                !isFolded && <p className={styles.none}>{section.kind === 'direct' ? t('no_directs') : t('no_channels')}</p>
              )
            }
          </SectionFold>
        ))}
      </div>
      <Suspense fallback={null}>{foot}</Suspense>
      {dialog && (
        <Suspense fallback={null}>
          <SidebarDialogs dialog={dialog} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </nav>
  );
}
