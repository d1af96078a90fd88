import { useState, useSyncExternalStore } from 'react';
import { readAppearance, saveAppearance, type Appearance } from '@/lib/appearance';
import { dataUse, setDataUse, subscribeToDataUse } from '@/lib/dataUse';
import { picturesComeByHand, setPicturesByHand } from '@/lib/pictures';
import { Choice } from '@/ui/Choice';
import { Form } from '@/ui/Form';
import { Section } from '@/ui/Section';
import { Switch } from '@/ui/Switch';
import { useText } from '../strings';
import { KeyboardPart } from './KeyboardPart';

/** Belongs to this browser, not to the account: a phone may differ from a desk. */
export function AppearancePage() {
  const t = useText();
  const use = useSyncExternalStore(subscribeToDataUse, dataUse);
  const [appearance, setAppearance] = useState(readAppearance);
  const [byHand, setByHand] = useState(picturesComeByHand);
  function change(part: Partial<Appearance>) {
    const changed = { ...appearance, ...part };
    setAppearance(changed);
    saveAppearance(changed);
  }
  return (
    <>
      <Section title={t('looks')} hint={t('looks_hint')}>
        <Form onSubmit={() => undefined}>
          <Choice
            legend={t('colours')}
            row
            value={appearance.scheme}
            options={[
              { value: 'auto', label: t('scheme_auto'), hint: t('scheme_auto_hint') },
              { value: 'light', label: t('scheme_light') },
              { value: 'dark', label: t('scheme_dark') },
            ]}
            onChange={(scheme) => change({ scheme })}
          />
          <Choice
            legend={t('density')}
            row
            value={appearance.density}
            options={[
              { value: 'comfortable', label: t('density_comfortable'), hint: t('density_comfortable_hint') },
              { value: 'compact', label: t('density_compact'), hint: t('density_compact_hint') },
            ]}
            onChange={(density) => change({ density })}
          />
          <Choice
            legend={t('data_use')}
            row
            value={use}
            options={[
              { value: 'auto', label: t('data_auto'), hint: t('data_auto_hint') },
              { value: 'low', label: t('data_low'), hint: t('data_low_hint') },
              { value: 'full', label: t('data_full') },
            ]}
            onChange={setDataUse}
          />
          <Switch
            label={t('pictures_by_hand')}
            hint={t('pictures_by_hand_hint')}
            checked={byHand}
            onChange={(on) => {
              setPicturesByHand(on);
              setByHand(on);
            }}
          />
        </Form>
      </Section>
      <KeyboardPart />
    </>
  );
}
