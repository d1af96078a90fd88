import type { Qr } from '@/api/types';
import styles from './SignIn.module.css';

const margin = 4;

/** The code to scan; who cannot scan types the text beside it. */
export function QrCode({ qr, label }: { qr: Qr; label: string }) {
  const size = qr.size + 2 * margin;
  return (
    <svg className={styles.qr} role="img" aria-label={label} viewBox={`${-margin} ${-margin} ${size} ${size}`} shapeRendering="crispEdges">
      <path d={qr.path} />
    </svg>
  );
}
