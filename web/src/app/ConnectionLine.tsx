import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useConnection } from '@/app/useConnection';
import { useText } from './strings';
import styles from './ConnectionLine.module.css';

/** A connection that is back this soon was never missed by anybody. */
const PATIENCE_MS = 2_000;

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** Says when what is on the screen may be old, and what happens with what one writes meanwhile. */
export function ConnectionLine() {
  const t = useText();
  const state = useConnection();
  const isReconnecting = useLasting(state === 'connecting' || state === 'waiting');
  return (
    <div role="status" className={styles.line}>
      {state === 'offline' && (
        <p>
          <IconCloudOff {...icon} />
          {t('offline')}
        </p>
      )}
      {isReconnecting && (
        <p>
          <IconRefresh {...icon} />
          {t('reconnecting')}
        </p>
      )}
    </div>
  );
}

/** True once it has been so for a while. */
function useLasting(isSo: boolean): boolean {
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    if (!isSo) return setLasted(false);
    const timer = setTimeout(() => setLasted(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isSo]);
  return isSo && hasLasted;
}
