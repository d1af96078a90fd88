import { RemovalsPart } from './RemovalsPart';
import { ReportsPart } from './ReportsPart';
import { WordsPart } from './WordsPart';

/** For those who look after channels; the word list is for administrators. */
export function ModerationPage({ isAdmin }: { isAdmin: boolean }) {
  return (
    <>
      <ReportsPart />
      <RemovalsPart />
      {isAdmin && <WordsPart />}
    </>
  );
}
