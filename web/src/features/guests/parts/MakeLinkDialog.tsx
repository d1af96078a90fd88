import { useId, useState } from 'react';
import type { Id } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { PERIODS_S, periodOptions } from '../periods';
import { useMakeLink } from '../queries';
import { useText } from '../strings';

const counts = [1, 5, 20, 50, 200];

/** First what the link may do, then the link, shown once. */
export function MakeLinkDialog({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [period, setPeriod] = useState(String(PERIODS_S[2]));
  const [count, setCount] = useState('20');
  const [history, setHistory] = useState<'now' | 'all'>('now');
  const [files, setFiles] = useState<'off' | 'on'>('off');
  const make = useMakeLink(channelId);
  if (make.data) {
    const time = formatDateTime(make.data.expires_at, currentLocale());
    return (
      <Dialog
        key="made"
        title={t('made')}
        hint={t('made_once')}
        onClose={onClose}
        actions={
          <Button tone="primary" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <CopyField label={t('link')} value={make.data.url ?? ''} hint={t('link_until', { time })} />
      </Dialog>
    );
  }
  const submit = () => make.mutate({ max_guests: Number(count), expires_in_s: Number(period), whole_history: history === 'all', may_upload: files === 'on' });
  return (
    <Dialog
      title={t('make_link')}
      hint={t('guest_links_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={make.isPending}>
            {t('make_link')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <Select label={t('how_long')} value={period} options={periodOptions(t)} onChange={setPeriod} />
        <Select
          label={t('how_many')}
          value={count}
          options={counts.map((n) => ({ value: String(n), label: t('n_guests', { count: n }) }))}
          onChange={setCount}
        />
        <Choice
          legend={t('history')}
          value={history}
          options={[
            { value: 'now', label: t('history_now'), hint: t('history_now_hint') },
            { value: 'all', label: t('history_all'), hint: t('history_all_hint') },
          ]}
          onChange={setHistory}
        />
        <Choice
          legend={t('files')}
          value={files}
          options={[
            { value: 'off', label: t('files_off'), hint: t('files_off_hint') },
            { value: 'on', label: t('files_on'), hint: t('files_on_hint') },
          ]}
          onChange={setFiles}
        />
        <FormError error={make.error} />
      </Form>
    </Dialog>
  );
}
