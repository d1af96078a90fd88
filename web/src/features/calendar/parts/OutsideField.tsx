import { TextArea } from '@/ui/TextArea';
import { wrongGuest } from '../outside';
import { useMeetingSettings } from '../queries';
import { useText } from '../strings';

type OutsideFieldProps = { value: string; onChange: (value: string) => void; errors: Record<string, string>; label?: string };

/** Whom one invites outside, a line each. Without mail there is none, and that is said. */
export function OutsideField({ value, onChange, errors, label }: OutsideFieldProps) {
  const t = useText();
  const { data } = useMeetingSettings();
  const hasMail = data?.by_mail !== null;
  const wrong = wrongGuest(errors);
  const error = wrong ? (wrong.n === null ? wrong.detail : t('outside_wrong', { n: wrong.n, detail: wrong.detail })) : undefined;
  return <TextArea label={label ?? t('outside')} hint={t(hasMail ? 'outside_hint' : 'outside_no_mail')} optional value={value} onChange={onChange} rows={2} disabled={!hasMail} error={error} />;
}
