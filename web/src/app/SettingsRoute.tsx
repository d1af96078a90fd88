import { SettingsScreen } from '@/features/accounts/screens/SettingsScreen';
import { Navigate } from '@/router/Navigate';
import { useParams } from '@/router/usePlace';
import { useIsPhone } from '@/ui/useIsPhone';

/** `/settings/<page>`; without a page the list on a phone, else the first page. */
export function SettingsRoute() {
  const { page } = useParams();
  const isPhone = useIsPhone();
  if (page) return <SettingsScreen key={page} page={page} />;
  return isPhone ? null : <Navigate to="/settings/$page" params={{ page: 'profile' }} />;
}
