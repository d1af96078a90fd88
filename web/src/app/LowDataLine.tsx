import { IconLeaf } from '@tabler/icons-react';
import { Link } from '@/router/Link';
import { useSavesData } from '@/ui/useSavesData';
import styles from './ConnectionLine.module.css';
import { useText } from './strings';

/** Says that less is loaded, and where that is changed. */
export function LowDataLine() {
  const t = useText();
  if (!useSavesData()) return null;
  return (
    <div role="status" className={styles.line} data-calm="">
      <p>
        <IconLeaf size={16} stroke={1.6} aria-hidden="true" />
        {t('low_data')}
        <Link to="/settings/$page" params={{ page: 'appearance' }}>
          {t('low_data_change')}
        </Link>
      </p>
    </div>
  );
}
