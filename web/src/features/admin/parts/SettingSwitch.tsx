import type { Setting } from '@/api/types';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { settingKeys } from '../model';
import { useChangeSetting } from '../queries';
import { useText } from '../strings';
import styles from './Admin.module.css';

/** A setting that is on or off, with what it does. */
export function SettingSwitch({ setting }: { setting: Setting }) {
  const t = useText();
  const change = useChangeSetting();
  const key = settingKeys[setting.name];
  return (
    <li className={styles.switchRow}>
      <Switch
        label={t(`setting_${key}`)}
        hint={t(`does_${key}`)}
        checked={setting.value === 1}
        disabled={setting.fixed || change.isPending}
        onChange={(isOn) => change.mutate({ name: setting.name, value: isOn ? 1 : 0 })}
      />
      <FormError error={change.error} />
    </li>
  );
}
