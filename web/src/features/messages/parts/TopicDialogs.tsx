import type { Topic } from '@/api/types';
import { useText } from '../strings';
import { MAX_DECISION_CHARACTERS, MAX_TITLE_CHARACTERS } from '../length';
import { MergeDialog } from './MergeDialog';
import { TopicTextDialog } from './TopicTextDialog';

export type TopicDialog = 'title' | 'decision' | 'merge';

export function TopicDialogs({ dialog, topic, onClose }: { dialog: TopicDialog; topic: Topic; onClose: () => void }) {
  const t = useText();
  if (dialog === 'merge') return <MergeDialog topic={topic} onClose={onClose} />;
  if (dialog === 'title') {
    return (
      <TopicTextDialog
        topic={topic}
        heading={t('topic_edit_title')}
        label={t('new_topic_title')}
        begin={topic.title}
        max={MAX_TITLE_CHARACTERS}
        action={t('save')}
        patch={(title) => ({ title })}
        onClose={onClose}
      />
    );
  }
  return (
    <TopicTextDialog
      topic={topic}
      heading={t('decision_title')}
      hint={t('decision_hint')}
      label={t('decision')}
      begin={topic.decision ?? ''}
      max={MAX_DECISION_CHARACTERS}
      action={t('decide')}
      patch={(decision) => ({ state: 'decided', decision })}
      onClose={onClose}
    />
  );
}
