import { IconArrowsJoin, IconChevronDown, IconPencil } from '@tabler/icons-react';
import type { ChannelRow, Topic, TopicState } from '@/api/types';
import { settle } from '@/lib/settle';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { tellRefusal } from '@/ui/tellRefusal';
import { useText } from '../strings';
import { useChangeTopic } from '../topicQueries';
import type { TopicDialog } from './TopicDialogs';
import { TopicStateChip } from './TopicStateChip';
import styles from './TopicHeader.module.css';

const STATES: readonly TopicState[] = ['open', 'resolved', 'decided'];

type TopicStateMenuProps = { channel: ChannelRow; topic: Topic; onDialog: (dialog: TopicDialog) => void };

/** Where the talk stands. "Decided" asks what was decided. */
export function TopicStateMenu({ channel, topic, onDialog }: TopicStateMenuProps) {
  const t = useText();
  const change = useChangeTopic(channel.id, topic.id);
  const choose = (state: TopicState) => {
    if (state === 'decided') onDialog('decision');
    else settle(change.mutateAsync({ state }), { onError: tellRefusal });
  };
  if (!channel.can_post) return <TopicStateChip state={topic.state} />;
  return (
    <Menu
      label={t('topic_state')}
      align="end"
      trigger={(trigger) => (
        <button
          {...trigger}
          type="button"
          className={styles.pill}
          data-state={topic.state}
          aria-label={`${t('topic_state')}: ${t(`state_${topic.state}`)}`}
        >
          {t(`state_${topic.state}`)}
          <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
        </button>
      )}
    >
      {STATES.map((state) => (
        <MenuItem key={state} checked={state === topic.state} onSelect={() => choose(state)}>
          {t(`state_${state}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<IconPencil size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onDialog('title')}>
        {t('topic_edit_title')}
      </MenuItem>
      <MenuItem icon={<IconArrowsJoin size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onDialog('merge')}>
        {t('merge_menu')}
      </MenuItem>
    </Menu>
  );
}
