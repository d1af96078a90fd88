import { IconBlockquote, IconBold, IconCode, IconItalic, IconLink, IconList } from '@tabler/icons-react';
import { IconButton } from '@/ui/IconButton';
import type { Format } from '../formatting';
import { useText } from '../strings';
import styles from './Composer.module.css';

const FORMATS = [
  { format: 'bold', word: 'bold', Icon: IconBold },
  { format: 'italic', word: 'italic', Icon: IconItalic },
  { format: 'code', word: 'code', Icon: IconCode },
  { format: 'list', word: 'list', Icon: IconList },
  { format: 'quote', word: 'quote_text', Icon: IconBlockquote },
  { format: 'link', word: 'link', Icon: IconLink },
] as const;

export function FormatBar({ onFormat }: { onFormat: (format: Format) => void }) {
  const t = useText();
  return (
    <div className={styles.formats} role="toolbar" aria-label={t('formatting')}>
      {FORMATS.map(({ format, word, Icon }) => (
        <IconButton key={format} label={t(word)} onPointerDown={(event) => event.preventDefault()} onClick={() => onFormat(format)}>
          <Icon size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      ))}
    </div>
  );
}
