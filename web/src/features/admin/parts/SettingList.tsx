import { useQuery } from '@tanstack/react-query';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { settingsQuery } from '../queries';
import { useText } from '../strings';
import { SettingRow } from './SettingRow';

/** The settings of the workspace, or those about one thing: the word before the dot. */
export function SettingList({ about }: { about?: string }) {
  const t = useText();
  const { data, error, refetch } = useQuery(settingsQuery);
  const shown = data?.workspace.filter((setting) => about === undefined || setting.name.startsWith(`${about}.`));
  return (
    <>
      {!shown && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {shown && (
        <CardList label={t('settings')}>
          {shown.map((setting) => (
            <SettingRow key={setting.name} setting={setting} />
          ))}
        </CardList>
      )}
    </>
  );
}
