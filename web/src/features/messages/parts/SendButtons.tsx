import { IconChevronDown, IconMessages, IconSend2 } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { sendsWithCtrl, setSendsWithCtrl } from '@/lib/keyboardSettings';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';
import styles from './Composer.module.css';

type SendButtonsProps = {
  label: string;
  isBusy: boolean;
  isDisabled: boolean;
  onSend: () => void;
  /** Absent where a topic cannot begin. */
  onNewTopic: (() => void) | null;
  /** Items of other features. */
  items?: ReactNode;
};

export function SendButtons({ label, isBusy, isDisabled, onSend, onNewTopic, items }: SendButtonsProps) {
  const t = useText();
  const [withCtrl, setWithCtrl] = useState(sendsWithCtrl);
  const toggle = () => {
    setSendsWithCtrl(!withCtrl);
    setWithCtrl(!withCtrl);
  };
  return (
    <div className={styles.send}>
      <Button
        tone="primary"
        busy={isBusy}
        disabled={isDisabled}
        icon={<IconSend2 className="mirror" size={17} stroke={1.8} aria-hidden="true" />}
        onClick={onSend}
      >
        {label}
      </Button>
      <Menu
        label={t('send_options')}
        align="end"
        trigger={(trigger) => (
          <IconButton {...trigger} data-send-options="" className={styles.caret} label={t('send_options')}>
            <IconChevronDown size={16} stroke={1.8} aria-hidden="true" />
          </IconButton>
        )}
      >
        {onNewTopic && (
          <MenuItem icon={<IconMessages size={16} stroke={1.6} aria-hidden="true" />} onSelect={onNewTopic}>
            {t('new_topic')}
          </MenuItem>
        )}
        {items}
        <MenuItem checked={withCtrl} onSelect={toggle}>
          {t('send_with_ctrl')}
        </MenuItem>
      </Menu>
    </div>
  );
}
