import { IconArrowBackUp, IconX } from '@tabler/icons-react';
import type { Poll } from '@/api/types';
import { settle } from '@/lib/settle';
import { tellRefusal } from '@/ui/tellRefusal';
import { useChangeWord } from '../queries';
import { useText } from '../strings';
import styles from './PollWords.module.css';

type WordSwitchProps = { poll: Poll; word: string; removed: boolean; tabIndex: 0 | -1 };

/** Takes a word out of the result, or puts it back; for whoever looks after the poll. */
export function WordSwitch({ poll, word, removed, tabIndex }: WordSwitchProps) {
  const t = useText();
  const change = useChangeWord(poll.channel_id, poll.id);
  const Icon = removed ? IconArrowBackUp : IconX;
  const label = removed ? t('restore_result_word', { word }) : t('remove_result_word', { word });
  return (
    <button
      type="button"
      className={styles.switch}
      tabIndex={tabIndex}
      aria-label={label}
      title={label}
      disabled={change.isPending}
      onClick={() => settle(change.mutateAsync({ word, removed: !removed }), { onError: tellRefusal })}
    >
      <Icon size={14} stroke={1.8} aria-hidden="true" />
    </button>
  );
}
