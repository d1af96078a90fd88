import type { Settings } from '@/api/types';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { keySentence } from '../model';
import { useText } from '../strings';
import styles from './Admin.module.css';

type FixedSetting = Settings['file'][number];

const sources = { default: 'from_default', file: 'from_the_file', environment: 'from_environment' } as const;

/** One key of the configuration: what it does, what it is, and who says so. */
export function FixedSettingRow({ setting }: { setting: FixedSetting }) {
  const t = useText();
  return (
    <CardRow
      title={<code dir="ltr">{setting.name}</code>}
      text={
        <>
          {t(keySentence(setting.name))}
          <bdi className={styles.value} dir="auto">
            {setting.is_hidden ? t('hidden_value') : (setting.value ?? setting.note ?? t('not_set'))}
          </bdi>
        </>
      }
      end={<Chip>{t(sources[setting.source])}</Chip>}
    />
  );
}
