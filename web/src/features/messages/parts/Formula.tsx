import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '@/ui/ErrorBoundary';

const TypesetFormula = lazy(() => untilThere(() => import('./TypesetFormula')).then((module) => ({ default: module.TypesetFormula })));

export type FormulaProps = { text: string; isBlock: boolean };

/** A formula; as it was typed until it can be set, and when it cannot. */
export function Formula(props: FormulaProps) {
  const typed = <code dir="ltr">{props.text}</code>;
  return (
    <ErrorBoundary resetKey={props.text} fallback={() => typed}>
      <Suspense fallback={typed}>
        <TypesetFormula {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}
