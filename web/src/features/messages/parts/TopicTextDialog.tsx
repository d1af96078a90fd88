import { useId, useState, type FormEvent } from 'react';
import type { Topic, TopicPatch } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { useText } from '../strings';
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
  const t = useText();
  const form = useId();
  const [text, setText] = useState(begin);
  const change = useChangeTopic(topic.channel_id, topic.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && !change.isPending) change.mutate(patch(text.trim()), { onSuccess: onClose });
  };
  return (
    <Dialog
      title={heading}
      hint={hint}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={form} busy={change.isPending} disabled={!text.trim()}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <TextArea label={label} value={text} onChange={setText} maxLength={max} rows={3} data-autofocus="" />
        <FormError error={change.error} />
      </form>
    </Dialog>
  );
}
