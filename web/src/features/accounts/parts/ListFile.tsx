import type { DragEvent } from 'react';
import { Field } from '@/ui/Field';
import { useText } from '../strings';
import styles from './List.module.css';

/** Chosen or dropped; the same file again is read again. */
export function ListFile({ error, onChoose }: { error: string | undefined; onChoose: (file: File | null) => void }) {
  const t = useText();
  function drop(event: DragEvent) {
    event.preventDefault();
    onChoose(event.dataTransfer.files[0] ?? null);
  }
  return (
    <div className={styles.drop} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Field label={t('list_file')} error={error}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".csv,text/csv,text/plain,.tsv"
            data-autofocus
            onClick={(event) => (event.currentTarget.value = '')}
            onChange={(event) => onChoose(event.currentTarget.files?.[0] ?? null)}
          />
        )}
      </Field>
    </div>
  );
}
