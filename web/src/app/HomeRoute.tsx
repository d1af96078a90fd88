import { currentPlace } from '@/router/location';
import { Navigate } from '@/router/Navigate';
import { arrangeSidebar } from '@/features/spaces/model';
import { NoChannels } from '@/features/spaces/parts/NoChannels';
import { currentLocale } from '@/i18n/core';
import { lastChannel, useStart } from '@/realtime/start';
import { useIsPhone } from '@/ui/useIsPhone';

/** `/`: the list on a phone, else the channel that was open last. */
export function HomeRoute() {
  const { data: start } = useStart();
  const isPhone = useIsPhone();
  // A link that was followed meanwhile is on its way: this screen stays until that one is here.
  if (!start || isPhone || currentPlace().pathname !== '/') return null;
  const rows = arrangeSidebar(start.spaces, start.channels, currentLocale()).flatMap((section) => section.rows);
  const row = rows.find((candidate) => candidate.id === lastChannel()) ?? rows[0];
  if (row) return <Navigate to="/c/$channelId" params={{ channelId: row.id }} />;
  return <NoChannels me={start.me} />;
}
