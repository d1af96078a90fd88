import { IconDots } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { ChannelRow } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { useText } from '../strings';
import styles from './ChannelLink.module.css';

const loadItems = () => import('./ChannelMenuItems');
const ChannelMenuItems = lazy(() => loadItems().then((module) => ({ default: module.ChannelMenuItems })));

export type ChannelMenuProps = {
  row: ChannelRow;
  name: string;
  /** Absent at the ends of the section. */
  onMoveUp: (() => void) | undefined;
  onMoveDown: (() => void) | undefined;
  onLeave: (row: ChannelRow) => void;
};

/** Its items come when somebody points at it. */
export function ChannelMenu({ name, ...items }: ChannelMenuProps) {
  const t = useText();
  return (
    <Menu
      label={t('row_menu', { name })}
      trigger={(props) => (
        <IconButton
          {...props}
          className={styles.more}
          size="s"
          label={t('row_menu', { name })}
          onPointerEnter={() => void loadItems()}
          onFocus={() => void loadItems()}
        >
          <IconDots size={16} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
    >
      <Suspense fallback={null}>
        <ChannelMenuItems {...items} />
      </Suspense>
    </Menu>
  );
}
