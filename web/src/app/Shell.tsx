import { untilThere } from '@/lib/untilThere';
import { useQueryClient } from '@tanstack/react-query';
import { usePlace } from '@/router/usePlace';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { moderates } from '@/features/moderation/model';
import { useOpenReports } from '@/features/moderation/queries';
import { Sidebar } from '@/features/spaces/parts/Sidebar';
import { beginLive } from '@/realtime/live';
import { useStart } from '@/realtime/start';
import { ConnectionLine } from './ConnectionLine';
import { LevelDialogs } from './LevelDialogs';
import { LowDataLine } from './LowDataLine';
import { PersonCards } from './PersonCards';
import { placeOf } from './place';
import { Rail } from './Rail';
import { ShellError } from './ShellError';
import { ShellSkeleton } from './ShellSkeleton';
import { useText } from './strings';
import { Tabs } from './Tabs';
import { useIsPhone } from '@/ui/useIsPhone';
import { usePersonLanguage } from './usePersonLanguage';
import { useShortcuts, type Overlay } from './useShortcuts';
import styles from './Shell.module.css';

const Overlays = lazy(() => untilThere(() => import('./Overlays')).then((module) => ({ default: module.Overlays })));
const SettingsNav = lazy(() => untilThere(() => import('@/features/accounts/parts/SettingsNav')).then((module) => ({ default: module.SettingsNav })));
const Notices = lazy(() => untilThere(() => import('@/features/moderation/parts/Notices')).then((module) => ({ default: module.Notices })));
const AsksPlace = lazy(() => untilThere(() => import('@/features/asks/parts/AsksPlace')).then((module) => ({ default: module.AsksPlace })));
const HeldCard = lazy(() => untilThere(() => import('@/features/notify/parts/HeldCard')).then((module) => ({ default: module.HeldCard })));
const Telling = lazy(() => untilThere(() => import('@/features/notify/parts/Telling')).then((module) => ({ default: module.Telling })));
const SoonLine = lazy(() => untilThere(() => import('@/features/calendar/parts/SoonLine')).then((module) => ({ default: module.SoonLine })));
const LiveRing = lazy(() => untilThere(() => import('@/features/live/parts/LiveRing')).then((module) => ({ default: module.LiveRing })));
const LiveNow = lazy(() => untilThere(() => import('@/features/live/parts/LiveNow')).then((module) => ({ default: module.LiveNow })));
const FirstHours = lazy(() => untilThere(() => import('@/features/hours/parts/FirstHours')).then((module) => ({ default: module.FirstHours })));
const UrgentBanner = lazy(() => untilThere(() => import('@/features/urgent/parts/UrgentBanner')).then((module) => ({ default: module.UrgentBanner })));
const GuestFrame = lazy(() => untilThere(() => import('./GuestFrame')).then((module) => ({ default: module.GuestFrame })));
const FirstRun = lazy(() => untilThere(() => import('@/features/accounts/parts/FirstRun')).then((module) => ({ default: module.FirstRun })));

/** The frame around every screen: rail, sidebar, main; on a phone one of them and the tabs. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useText();
  const { data: start, error, refetch } = useStart();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const place = placeOf(usePlace().pathname);
  const isListPage = useIsPhone() && place.isList;
  const cache = useQueryClient();
  useEffect(() => beginLive(cache), [cache]);
  useShortcuts(start, setOverlay);
  const isSpoken = usePersonLanguage(start?.me);
  const isModerator = start !== undefined && moderates(start);
  const n_reports = useOpenReports(isModerator);

  if (!start || !isSpoken) return error && !start ? <ShellError error={error} onRetry={() => void refetch()} /> : <ShellSkeleton />;
  if (start.me.link_guest) {
    return (
      <div className={styles.frame}>
        <ConnectionLine />
        <Suspense fallback={<ShellSkeleton />}>
          <GuestFrame start={start}>{children}</GuestFrame>
        </Suspense>
        <PersonCards />
        <LevelDialogs />
      </div>
    );
  }
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main" onClick={focusMain}>
        {t('skip')}
      </a>
      <ConnectionLine />
      <LowDataLine />
      <Suspense fallback={null}>
        <UrgentBanner />
        <SoonLine />
      </Suspense>
      <div className={styles.shell} data-list={place.isList || undefined}>
        <Rail start={start} place={place} n_reports={n_reports} onOverlay={setOverlay} />
        <div className={styles.side} {...(isListPage && { role: 'main', id: 'main', tabIndex: -1 })}>
          {isListPage && <h1 className="visually-hidden">{t(place.tab)}</h1>}
          {place.tab === 'settings' ? (
            <Suspense fallback={null}>
              <SettingsNav me={start.me} moderates={isModerator} n_reports={n_reports} />
            </Suspense>
          ) : (
            <Sidebar
              start={start}
              onJump={() => setOverlay('jump')}
              places={
                <Suspense fallback={null}>
                  <AsksPlace me_id={start.me.id} />
                </Suspense>
              }
              top={
                <Suspense fallback={null}>
                  <LiveNow />
                </Suspense>
              }
              foot={<HeldCard />}
            />
          )}
        </div>
        <div className={styles.work}>{children}</div>
        <Tabs start={start} place={place} n_reports={n_reports} />
        <PersonCards />
        <LevelDialogs />
        <Suspense fallback={null}>
          {overlay && <Overlays overlay={overlay} start={start} onClose={() => setOverlay(null)} />}
          <Notices />
          <Telling />
          <LiveRing />
          {!start.me.onboarded && <FirstRun me={start.me} Hours={FirstHours} />}
        </Suspense>
      </div>
    </div>
  );
}

/** The address keeps its own hash, and the pane that is seen takes focus. */
function focusMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  const panes = [...document.querySelectorAll<HTMLElement>('#main')];
  panes.find((pane) => pane.checkVisibility({ visibilityProperty: true }))?.focus();
}
