import { IconSearch } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { useText } from '../strings';
import styles from './Beginning.module.css';

/** Before anything is typed: what can be. */
export function Beginning() {
  const t = useText();
  return (
    <EmptyState
      icon={<IconSearch size={24} stroke={1.6} aria-hidden="true" />}
      text={t('begin')}
      action={
        <ul className={styles.tips}>
          <li>{t('tip_phrase')}</li>
          <li>{t('tip_without')}</li>
          <li>{t('tip_begins')}</li>
        </ul>
      }
    />
  );
}
