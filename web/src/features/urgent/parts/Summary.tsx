import type { UrgentPreview } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { wakenIn } from '../model';
import { useNames } from '../queries';
import { useText } from '../strings';
import styles from './Urgent.module.css';

/** What the button does, beside it: whom it calls at once, and how many it wakes. */
export function Summary({ preview }: { preview: UrgentPreview | undefined }) {
  const t = useText();
  const first = (preview?.steps[0]?.people ?? []).filter(({ not_before }) => not_before === null).map(({ person_id }) => person_id);
  const nameOf = useNames(first);
  if (!preview) return null;
  const n_then = preview.steps.slice(1).flatMap(({ people }) => people).length;
  const n_woken = wakenIn(preview.steps.flatMap(({ people }) => people));
  const names = new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(first.map(nameOf));
  return (
    <div className={styles.summary} role="status">
      {preview.needs_second ? (
        <p className={styles.warning}>{t('needs_second')}</p>
      ) : (
        <p>{first.length > 0 ? t('calls_at_once', { names }) : t('calls_nobody')}</p>
      )}
      {n_then > 0 && <p className={styles.note}>{t('then_more', { count: n_then })}</p>}
      {n_woken > 0 && <p className={styles.warning}>{t('wakes', { count: n_woken })}</p>}
    </div>
  );
}
