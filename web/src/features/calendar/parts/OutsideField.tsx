import { TextArea } from '@/ui/TextArea';
import { wrongGuest } from '../outside';
import { useMeetingSettings } from '../queries';
import { useText } from '../strings';
import styles from './TimePolls.module.css';

type OutsideFieldProps = { value: string; onChange: (value: string) => void; errors: Record<string, string>; label?: string };

/** Whom one invites outside, a line each. Where the server sends no mail there is no field, and one line says why. */
export function OutsideField({ value, onChange, errors, label }: OutsideFieldProps) {
  const t = useText();
  const { data } = useMeetingSettings();
  if (data?.by_mail === null) return <p className={styles.hint}>{t('outside_no_mail')}</p>;
  const wrong = wrongGuest(errors);
  const error = wrong ? (wrong.n === null ? wrong.detail : t('outside_wrong', { n: wrong.n, detail: wrong.detail })) : undefined;
  return <TextArea label={label ?? t('outside')} hint={t('outside_hint')} optional value={value} onChange={onChange} rows={2} error={error} />;
}
