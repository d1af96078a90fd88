import type { ChannelRow, Id } from '@/api/types';
import { Select } from '@/ui/Select';
import { useText } from '../strings';
import styles from './Park.module.css';

type ParkWhereProps = { places: readonly ChannelRow[]; isOwn: boolean; title: string; goesOn: boolean; value: Id; onChange: (channelId: Id) => void };

/** Where it is written; a meeting without a channel lets one choose. */
export function ParkWhere({ places, isOwn, title, goesOn, value, onChange }: ParkWhereProps) {
  const t = useText();
  const channel = places.find(({ id }) => id === value)?.name;
  const options = [...(value ? [] : [{ value: '', label: t('park_choose') }]), ...places.map(({ id, name }) => ({ value: id, label: `#${name}` }))];
  return (
    <>
      {!isOwn && <Select label={t('park_where')} hint={t('park_no_channel')} value={value} options={options} onChange={onChange} />}
      {channel && <p className={styles.note}>{goesOn ? t('park_goes_on', { channel }) : t('park_begins', { title, channel })}</p>}
    </>
  );
}
