import { IconMoodSmile } from '@tabler/icons-react';
import type { LiveSession } from '@/api/types';
import { Menu } from '@/ui/Menu';
import { useText } from '../strings';
import styles from './Live.module.css';
import { Reactions } from './Reactions';

/** What can be shown to everybody for a moment. */
export function ReactControl({ session }: { session: LiveSession }) {
  const t = useText();
  return (
    <Menu
      label={t('react')}
      trigger={(props) => (
        <button type="button" className={styles.control} {...props}>
          <IconMoodSmile size={20} stroke={1.6} aria-hidden="true" />
          <span>{t('react')}</span>
        </button>
      )}
    >
      <Reactions session={session} />
    </Menu>
  );
}
