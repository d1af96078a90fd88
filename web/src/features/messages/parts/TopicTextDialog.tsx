import { useState } from 'react';
import type { Topic, TopicPatch } from '@/api/types';
import { FormDialog } from '@/ui/FormDialog';
import { TextArea } from '@/ui/TextArea';
import { useChangeTopic } from '../topicQueries';

type TopicTextDialogProps = {
  topic: Topic;
  heading: string;
  hint?: string;
  label: string;
  begin: string;
  max: number;
  action: string;
  patch: (text: string) => TopicPatch;
  onClose: () => void;
};

/** One text of a topic: its title, or what was decided. */
export function TopicTextDialog({ topic, heading, hint, label, begin, max, action, patch, onClose }: TopicTextDialogProps) {
  const [text, setText] = useState(begin);
  const change = useChangeTopic(topic.channel_id, topic.id);
  return (
    <FormDialog
      title={heading}
      hint={hint}
      submitLabel={action}
      busy={change.isPending}
      isReady={text.trim() !== ''}
      error={change.error}
      onSubmit={() => change.mutate(patch(text.trim()), { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextArea label={label} value={text} onChange={setText} maxLength={max} rows={3} data-autofocus="" />
    </FormDialog>
  );
}
