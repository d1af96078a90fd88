import type { HeldCopy } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { formatDateTime } from '@/lib/time';
import { useText } from '../strings';
import styles from './Admin.module.css';

/** One message that was deleted while it was held, as it was. */
export function CopyRow({ copy }: { copy: HeldCopy }) {
  const t = useText();
  const locale = currentLocale();
  return (
    <li className={styles.copy}>
      <p className={styles.fine}>{t('copy_of', { name: copy.author_name, said: formatDateTime(copy.said_at, locale), deleted: formatDateTime(copy.deleted_at, locale) })}</p>
      {copy.text && (
        <p dir="auto" className={styles.said}>
          {copy.text}
        </p>
      )}
      {copy.forwarded && (
        <p dir="auto" className={styles.said}>
          {t('copy_forwarded', { text: copy.forwarded })}
        </p>
      )}
      {copy.earlier.map((text, idx) => (
        <p key={idx} dir="auto" className={styles.fine}>
          {t('copy_earlier', { text })}
        </p>
      ))}
      {copy.answers.map(({ text, n_votes }, idx) => (
        <p key={idx} dir="auto" className={styles.fine}>
          {t('copy_answer', { text, count: n_votes })}
        </p>
      ))}
      {copy.reactions.map(({ emoji, names }) => (
        <p key={emoji} className={styles.fine}>
          {t('copy_reaction', { emoji, names: new Intl.ListFormat(locale).format(names) })}
        </p>
      ))}
      {copy.files.map((file) => (
        <p key={file.id} className={styles.fine}>
          {t('copy_file', { name: file.name, size: sizeInWords(file.size_bytes, locale), hash: file.hash })}
        </p>
      ))}
    </li>
  );
}
