import { PanelHeading } from '@/ui/PanelHeading';
import { useText } from '../strings';
import type { CharterPath } from '../queries';
import { CharterPart } from './CharterPart';
import styles from './Charter.module.css';

/** The same in a panel. */
export function CharterPanel({ path }: { path: CharterPath }) {
  const t = useText();
  return (
    <section className={styles.panel}>
      <PanelHeading>{t('charter')}</PanelHeading>
      <CharterPart path={path} />
    </section>
  );
}
