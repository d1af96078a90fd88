import { useState } from 'react';
import type { Setting } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { isSwitch, settingKeys } from '../model';
import { useText, type AdminText } from '../strings';
import { SettingDialog } from './SettingDialog';
import { SettingSwitch } from './SettingSwitch';

/** "400 days", "5 GB", "No limit". */
export function settingInWords(setting: Setting, value: number | null, t: AdminText): string {
  if (value === null) return t('no_limit');
  return setting.name === 'audit.days' ? t('days', { count: value }) : sizeInWords(value, currentLocale());
}

/** One setting with what it does. */
export function SettingRow({ setting }: { setting: Setting }) {
  const t = useText();
  const [isChanging, setChanging] = useState(false);
  const key = settingKeys[setting.name];
  if (isSwitch(setting)) return <SettingSwitch setting={setting} />;
  return (
    <CardRow
      title={t(`setting_${key}`)}
      text={t(`does_${key}`)}
      end={
        <>
          <Chip>{settingInWords(setting, setting.value, t)}</Chip>
          {setting.fixed ? (
            <Chip>{t('fixed')}</Chip>
          ) : (
            <Button size="s" tone="outline" aria-label={`${t('change')}: ${t(`setting_${key}`)}`} onClick={() => setChanging(true)}>
              {t('change')}
            </Button>
          )}
          {isChanging && <SettingDialog setting={setting} onClose={() => setChanging(false)} />}
        </>
      }
    />
  );
}
