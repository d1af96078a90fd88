import { useId, useState } from 'react';
import type { ChannelRow, Micros } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { fieldsOf, presets } from '../model';
import { useText } from '../strings';
import { momentIn, TimeFields } from './TimeFields';

type PickTimeDialogProps = { channel: ChannelRow; onChoose: (how: { kind: 'at'; due_at: Micros }) => void; onClose: () => void };

/** Any time for what stands in the composer. */
export function PickTimeDialog({ channel, onChoose, onClose }: PickTimeDialogProps) {
  const t = useText();
  const formId = useId();
  const me_id = useMe()?.id;
  const [wanted, setWanted] = useState(() => fieldsOf(presets(Date.now() * 1000)[0]?.due_at ?? Date.now() * 1000));
  const others = channel.kind === 'direct' ? channel.people.filter((id) => id !== me_id) : [];
  const choose = () => {
    const due_at = momentIn(wanted, Date.now() * 1000);
    if (due_at !== null) onChoose({ kind: 'at', due_at });
  };
  return (
    <Dialog
      title={t('pick_title')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId}>
            {t('schedule')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={choose}>
        <TimeFields wanted={wanted} onChange={setWanted} people={others} />
      </Form>
    </Dialog>
  );
}
