import { useRef, useState } from 'react';
import type { Me } from '@/api/types';
import { Button } from '@/ui/Button';
import { Face } from '@/ui/Face';
import { FormError } from '@/ui/FormError';
import { useChangePicture } from '../changes';
import { maxPictureBytes, pictureTypes } from '../limits';
import { useText } from '../strings';
import styles from './Settings.module.css';

export function PicturePart({ me }: { me: Me }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = useChangePicture();

  function choose(file: File | undefined) {
    if (!file) return;
    setRefusal(null);
    if (!pictureTypes.includes(file.type)) setRefusal(t('picture_type'));
    else if (file.size > maxPictureBytes) setRefusal(t('picture_too_big'));
    else change.mutate(file);
  }

  return (
    <div className={styles.picture}>
      <Face {...me} size={72} />
      <div>
        <input
          ref={input}
          type="file"
          hidden
          accept={pictureTypes.join(',')}
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <div className={styles.buttons}>
          <Button busy={change.isPending} onClick={() => input.current?.click()}>
            {me.picture ? t('change_picture') : t('add_picture')}
          </Button>
          {me.picture && (
            <Button tone="plain" onClick={() => change.mutate(null)}>
              {t('remove_picture')}
            </Button>
          )}
        </div>
        <p className={styles.fine} role={refusal ? 'alert' : undefined}>
          {refusal ?? t('picture_hint')}
        </p>
        <FormError error={change.error} />
      </div>
    </div>
  );
}
