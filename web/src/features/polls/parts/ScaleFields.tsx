import { Choice } from '@/ui/Choice';
import { TextField } from '@/ui/TextField';
import { MAX_WORD_CHARACTERS, SCALES, type PollForm } from '../form';
import { useText } from '../strings';
import styles from './PollDialog.module.css';

/** From where to where, and what that means. */
export function ScaleFields({ form, onChange }: { form: PollForm; onChange: (more: Partial<PollForm>) => void }) {
  const t = useText();
  const [from, to] = SCALES[form.scale];
  const scales = Object.keys(SCALES) as PollForm['scale'][];
  const span = (scale: PollForm['scale']) => t('scale_span', { from: SCALES[scale][0], to: SCALES[scale][1] });
  return (
    <>
      <Choice
        row
        legend={t('scale')}
        value={form.scale}
        options={scales.map((scale) => ({ value: scale, label: span(scale) }))}
        onChange={(scale) => onChange({ scale })}
      />
      <div className={styles.ends}>
        <TextField optional label={t('scale_end', { n: from })} value={form.low} onChange={(low) => onChange({ low })} maxLength={MAX_WORD_CHARACTERS} />
        <TextField optional label={t('scale_end', { n: to })} value={form.high} onChange={(high) => onChange({ high })} maxLength={MAX_WORD_CHARACTERS} />
      </div>
    </>
  );
}
