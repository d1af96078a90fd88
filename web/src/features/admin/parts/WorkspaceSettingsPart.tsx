import { useQuery } from '@tanstack/react-query';
import { CardList } from '@/ui/CardList';
import { Section } from '@/ui/Section';
import { settingsQuery } from '../queries';
import { useText } from '../strings';
import { FixedSettingRow } from './FixedSettingRow';
import { SettingList } from './SettingList';

/** What is set on screen, and what the configuration file says. */
export function WorkspaceSettingsPart() {
  const t = useText();
  const { data } = useQuery(settingsQuery);
  return (
    <>
      <Section title={t('settings')} hint={t('settings_hint')}>
        <SettingList />
      </Section>
      {data && (
        <Section title={t('from_file')} hint={t('from_file_hint')}>
          <CardList label={t('from_file')}>
            {data.file.map((key) => (
              <FixedSettingRow key={key.name} setting={key} />
            ))}
          </CardList>
        </Section>
      )}
    </>
  );
}
