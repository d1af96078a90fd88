import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense, useRef, useSyncExternalStore } from 'react';
import { useText } from '../strings';
import styles from './Tray.module.css';
import { TrayCard } from './TrayCard';
import { useIncoming } from './useIncoming';
import { useTray, type TrayState } from './useTray';

const Recorder = lazy(() => untilThere(() => import('./Recorder')).then((module) => ({ default: module.Recorder })));

type ComposerTrayProps = { place: string; onState: (state: TrayState) => void };

/** What is going to be sent with the text: cards with their progress, each of which can be taken out. */
export function ComposerTray({ place, onState }: ComposerTrayProps) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const { tray, items } = useTray(place, onState);
  const isRecording = useSyncExternalStore(tray.subscribe, tray.isRecording);
  const isOver = useIncoming(box, tray);
  const last = items.findLast(({ state }) => state === 'done' || state === 'failed');
  return (
    <div ref={box}>
      {isOver && <p className={styles.drop}>{t('drop_here')}</p>}
      {isRecording && (
        <Suspense fallback={null}>
          <Recorder onRecorded={({ file, claims }) => tray.add(file, claims)} onClose={() => tray.setRecording(false)} />
        </Suspense>
      )}
      {items.length > 0 && (
        <ul className={styles.tray} aria-label={t('tray')}>
          {items.map((item) => (
            <TrayCard key={item.key} item={item} onRemove={() => tray.remove(item.key)} onRetry={() => tray.retry(item.key)} />
          ))}
        </ul>
      )}
      <p className="visually-hidden" role="status">
        {last?.state === 'done' && t('arrived', { name: last.name })}
        {last?.state === 'failed' && t('refused', { name: last.name, reason: last.problem?.detail ?? '' })}
      </p>
    </div>
  );
}
