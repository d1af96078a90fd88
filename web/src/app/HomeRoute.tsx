import { ScreenLoading } from './ScreenLoading';

export function HomeRoute() {
  return <ScreenLoading />;
}
