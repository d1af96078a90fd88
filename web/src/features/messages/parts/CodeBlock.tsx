import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense } from 'react';

const Coloured = lazy(() => untilThere(() => import('./ColouredCode')).then((module) => ({ default: module.ColouredCode })));

/** A block of code; in colours once they are here, if it says which language it is in. */
export function CodeBlock({ lang, text }: { lang: string | undefined; text: string }) {
  return (
    <pre dir="ltr" tabIndex={-1}>
      <code>
        {lang ? (
          <Suspense fallback={text}>
            <Coloured lang={lang} text={text} />
          </Suspense>
        ) : (
          text
        )}
      </code>
    </pre>
  );
}
