import { useEffect } from 'react';
import type { Claims } from '../tray';
import { useText } from '../strings';
import styles from './Tray.module.css';
import { TrayCard } from './TrayCard';
import { useTray, type TrayState } from './useTray';

type ComposerTrayProps = {
  place: string;
  /** Files that were picked, pasted or dropped and are not in the tray yet. */
  incoming: readonly { file: File; claims?: Claims }[];
  onTaken: () => void;
  onState: (state: TrayState) => void;
};

/** What is going to be sent with the text: cards with their progress, each of which can be taken out. */
export function ComposerTray({ place, incoming, onTaken, onState }: ComposerTrayProps) {
  const t = useText();
  const { tray, items } = useTray(place, onState);
  useEffect(() => {
    if (incoming.length === 0) return;
    for (const { file, claims } of incoming) tray.add(file, claims);
    onTaken();
  }, [incoming, tray, onTaken]);
  if (items.length === 0) return null;
  const last = items.findLast(({ state }) => state === 'done' || state === 'failed');
  return (
    <>
      <ul className={styles.tray} aria-label={t('tray')}>
        {items.map((item) => (
          <TrayCard key={item.key} item={item} onRemove={() => tray.remove(item.key)} onRetry={() => tray.retry(item.key)} />
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {last?.state === 'done' && t('arrived', { name: last.name })}
        {last?.state === 'failed' && t('refused', { name: last.name, reason: last.problem?.detail ?? '' })}
      </p>
    </>
  );
}
