import { useState } from 'react';
import { hasSingleKeys, sendsWithCtrl, setSendsWithCtrl, setSingleKeys } from '@/lib/keyboardSettings';
import { Section } from '@/ui/Section';
import { Switch } from '@/ui/Switch';
import { useText } from '../strings';

/** Belongs to this browser: a tablet's keyboard is not a desk's. */
export function KeyboardPart() {
  const t = useText();
  const [areSingle, setAreSingle] = useState(hasSingleKeys);
  const [withCtrl, setWithCtrl] = useState(sendsWithCtrl);
  return (
    <Section title={t('keyboard')}>
      <Switch
        label={t('single_keys')}
        hint={t('single_keys_hint')}
        checked={areSingle}
        onChange={(on) => {
          setSingleKeys(on);
          setAreSingle(on);
        }}
      />
      <Switch
        label={t('send_with_ctrl')}
        hint={t('send_with_ctrl_hint')}
        checked={withCtrl}
        onChange={(on) => {
          setSendsWithCtrl(on);
          setWithCtrl(on);
        }}
      />
    </Section>
  );
}
