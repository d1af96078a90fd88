import { RemovalsPart } from './RemovalsPart';

/** For those who look after channels. */
export function ModerationPage() {
  return <RemovalsPart />;
}
