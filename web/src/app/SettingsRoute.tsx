import { Navigate, useParams } from '@tanstack/react-router';
import { SettingsScreen } from '@/features/accounts/screens/SettingsScreen';
import { useIsPhone } from './useIsPhone';

/** `/settings`: the list on a phone, else its first page. */
export function SettingsRoute() {
  return useIsPhone() ? null : <Navigate to="/settings/$page" params={{ page: 'profile' }} replace />;
}

export function SettingsPageRoute() {
  const { page } = useParams({ from: '/settings/$page' });
  return <SettingsScreen page={page} key={page} />;
}
