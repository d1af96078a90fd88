import { useId, useState } from 'react';
import type { Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { showToast } from '@/ui/toast';
import { download } from '@/lib/download';
import { addressOf, formats, zonesWith, type Wish } from '../model';
import { useText } from '../strings';
import { PeriodFields } from './PeriodFields';

type TranscriptDialogProps = {
  channelId: Id;
  topicId: Id | null;
  /** What the conversation is called. */
  name: string;
  timeZone: string;
  onClose: () => void;
};

/** Asks what the file should hold, and hands it to the browser. */
export function TranscriptDialog({ channelId, topicId, name, timeZone, onClose }: TranscriptDialogProps) {
  const t = useText();
  const formId = useId();
  const [wish, setWish] = useState<Wish>({ format: 'markdown', period: 'all', firstDay: '', lastDay: '', timeZone, pseudonyms: false });
  const [isWrong, setIsWrong] = useState(false);
  const change = (changed: Partial<Wish>) => setWish({ ...wish, ...changed });

  function submit() {
    const address = addressOf(channelId, topicId, wish, Date.now() * 1000);
    setIsWrong(!address);
    if (!address) return;
    download(address);
    showToast(t('begun'));
    onClose();
  }

  return (
    <Dialog
      title={t('transcript_title')}
      hint={t('transcript_hint', { name })}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId}>
            {t('download')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <Select
          label={t('format')}
          value={wish.format}
          options={formats.map((format) => ({ value: format, label: t(`format_${format}`) }))}
          onChange={(format) => change({ format })}
        />
        <PeriodFields wish={wish} isWrong={isWrong} onChange={change} />
        <Select
          label={t('time_zone')}
          value={wish.timeZone}
          options={zonesWith(timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          onChange={(zone) => change({ timeZone: zone })}
        />
        <Switch
          label={t('pseudonyms')}
          hint={t('pseudonyms_hint')}
          checked={wish.pseudonyms}
          onChange={(pseudonyms) => change({ pseudonyms })}
        />
      </Form>
    </Dialog>
  );
}
