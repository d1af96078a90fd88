import { IconClock, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { IconButton } from '@/ui/IconButton';
import { sayExpected } from '../model';
import { useCharter, type CharterPath } from '../queries';
import { useText } from '../strings';
import { CharterDialog } from './CharterDialog';
import styles from './Charter.module.css';

/** What is expected in a topic: said where it says something of its own, and to be changed by whoever looks after it. */
export function TopicCharter({ path }: { path: CharterPath }) {
  const t = useText();
  const { data } = useCharter(path);
  const [isChanging, setChanging] = useState(false);
  if (!data) return null;
  const own = data.charter.normal ?? data.charter.feedback ?? data.charter.urgent;
  if (!own && !data.charter.note && !data.can_change) return null;
  return (
    <article className={styles.topic} aria-label={t('charter')}>
      <IconClock size={16} stroke={1.6} aria-hidden="true" />
      <div>
        <span>{sayExpected(data.expected, t)}</span>
        {data.charter.note && (
          <p className={styles.note} dir="auto">
            {data.charter.note}
          </p>
        )}
      </div>
      {data.can_change && (
        <IconButton label={t('change')} onClick={() => setChanging(true)}>
          <IconPencil size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
      {isChanging && <CharterDialog path={path} view={data} onClose={() => setChanging(false)} />}
    </article>
  );
}
