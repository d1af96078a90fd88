import type { Id } from '@/api/types';
import { useStart } from '@/realtime/start';
import { Select } from '@/ui/Select';
import { useText } from '../strings';

const ALL = 'all';

/** One of the channels that I look after, or all of them. */
export function ChannelSelect({ value, onChange }: { value: Id | null; onChange: (channel_id: Id | null) => void }) {
  const t = useText();
  const { data: start } = useStart();
  const managed = (start?.channels ?? []).filter(({ can_manage }) => can_manage);
  const options = [{ value: ALL, label: t('all_channels') }, ...managed.map(({ id, name }) => ({ value: id, label: `#${name}` }))];
  return <Select label={t('channel')} value={value ?? ALL} options={options} onChange={(chosen) => onChange(chosen === ALL ? null : chosen)} />;
}
