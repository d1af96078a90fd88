import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useLayoutEffect, useRef, useState } from 'react';
import { useSavesData } from '@/ui/useSavesData';
import type { FormulaProps } from './Formula';
import styles from './Markup.module.css';

/** A formula longer than this is a program; setting it would hold up the page. */
const MAX_LENGTH = 2_000;
/** Macros that grow, and boxes that cover the page: KaTeX's own bounds, said here because the text is a stranger's. */
const bounds = { maxExpand: 500, maxSize: 10, trust: refuse, strict: 'ignore', throwOnError: true, errorColor: 'currentcolor' } as const;

/** KaTeX makes the elements itself, so that no HTML text is on the way; screen readers get MathML. Where data is saved the
 *  browser sets it, with the fonts that it has. */
export function TypesetFormula({ text, isBlock }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null);
  const [isBroken, setBroken] = useState(text.length > MAX_LENGTH);
  const output = useSavesData() ? 'mathml' : 'htmlAndMathml';
  useLayoutEffect(() => {
    if (!place.current) return;
    try {
      katex.render(text, place.current, { ...bounds, displayMode: isBlock, output });
    } catch {
      setBroken(true);
    }
  }, [text, isBlock, output]);
  if (isBroken) return <code dir="ltr">{text}</code>;
  return <span ref={place} dir="ltr" className={styles.formula} data-block={isBlock || undefined} />;
}

/** Links, pictures and HTML: such a formula is shown as it was typed. */
function refuse(): never {
  throw new Error('not in a formula');
}
