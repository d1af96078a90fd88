import { IconBan, IconBlur, IconUser } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { backgrounds, canChangeBackground, keepOwnPicture, ownPicture, pictures, type Background } from '../engine/background';
import { useText } from '../strings';
import styles from './BackgroundField.module.css';

const icon = { size: 22, stroke: 1.6, 'aria-hidden': true } as const;

type BackgroundFieldProps = { value: Background; onChange: (background: Background) => void };

/** What stands behind one's picture. One's own picture stays on this device. */
export function BackgroundField({ value, onChange }: BackgroundFieldProps) {
  const t = useText();
  const file = useRef<HTMLInputElement>(null);
  const [own, readAgain] = useOwnPicture();
  const [isUnreadable, setUnreadable] = useState(false);
  if (!canChangeBackground()) return <p className={styles.hint}>{t('background_cannot')}</p>;
  const keep = async (picture: File | undefined) => {
    if (!picture) return;
    setUnreadable(false);
    try {
      await keepOwnPicture(picture);
      readAgain();
      // Another picture under the same name is asked for again.
      if (value === 'own') onChange('strong');
      onChange('own');
    } catch {
      setUnreadable(true);
    }
  };
  const looks: Record<Background, ReactNode> = {
    none: <IconBan {...icon} />,
    light: <IconUser {...icon} />,
    strong: <IconBlur {...icon} />,
    wall: <img src={pictures.wall} alt="" />,
    hills: <img src={pictures.hills} alt="" />,
    night: <img src={pictures.night} alt="" />,
    own: own && <img src={own} alt="" />,
  };
  return (
    <div className={styles.field}>
      <Choice
        legend={t('background')}
        value={value}
        options={backgrounds.filter((one) => one !== 'own' || own !== null).map((one) => ({ value: one, label: t(`background_${one}`), icon: looks[one] }))}
        onChange={onChange}
        tiles
      />
      <input ref={file} type="file" accept="image/*" hidden onChange={({ target }) => void keep(target.files?.[0])} />
      <Button size="s" onClick={() => file.current?.click()}>
        {own ? t('background_other_picture') : t('background_own_picture')}
      </Button>
      {isUnreadable && (
        <p className={styles.hint} role="alert">
          {t('background_unreadable')}
        </p>
      )}
      <p className={styles.hint}>{t('background_hint')}</p>
    </div>
  );
}

/** The address of the picture that is kept here, and how to look for it again. */
function useOwnPicture(): [string | null, () => void] {
  const [address, setAddress] = useState<string | null>(null);
  const [n, setN] = useState(0);
  useEffect(() => {
    let made: string | null = null;
    let isOver = false;
    const read = async () => {
      const picture = await ownPicture().catch(() => null);
      if (isOver) return;
      made = picture && URL.createObjectURL(picture);
      setAddress(made);
    };
    void read();
    return () => {
      isOver = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [n]);
  return [address, () => setN((last) => last + 1)];
}
