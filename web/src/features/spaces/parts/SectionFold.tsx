import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { readFolded, saveFolded } from '../folded';
import { useText } from '../strings';
import styles from './Sidebar.module.css';

export type SectionFoldProps = {
  id: string;
  name: string;
  actions?: ReactNode;
  children: (isFolded: boolean) => ReactNode;
};

/** A titled part of the sidebar that can be folded; this browser remembers it. */
export function SectionFold({ id, name, actions, children }: SectionFoldProps) {
  const t = useText();
  const titleId = useId();
  const [isFolded, setFolded] = useState(() => readFolded(id));
  function toggle() {
    saveFolded(id, !isFolded);
    setFolded(!isFolded);
  }
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <header className={styles.sectionHead}>
        <h2 id={titleId} dir="auto">
          {name}
        </h2>
        <button type="button" className={styles.fold} aria-expanded={!isFolded} aria-label={t('show_section', { name })} onClick={toggle}>
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </button>
        <span className={styles.sectionActions}>{actions}</span>
      </header>
      {children(isFolded)}
    </section>
  );
}
