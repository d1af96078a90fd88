import { RemovalsPart } from './RemovalsPart';
import { ReportsPart } from './ReportsPart';

/** For those who look after channels. */
export function ModerationPage() {
  return (
    <>
      <ReportsPart />
      <RemovalsPart />
    </>
  );
}
