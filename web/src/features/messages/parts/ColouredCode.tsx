import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { colour, nameOfLanguage, type Token } from '../codeColours';

type ColouredCodeProps = { lang: string; text: string };

/** Its language comes as a chunk of its own. What has none, or does not come, stays as it was typed. */
export function ColouredCode({ lang, text }: ColouredCodeProps) {
  const name = nameOfLanguage(lang);
  const { data } = useQuery({
    queryKey: ['code', name, text],
    queryFn: () => colour(name ?? '', text),
    enabled: name !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ? data.map(draw) : text;
}

function draw(token: Token, idx: number): ReactNode {
  if (typeof token === 'string') return <Fragment key={idx}>{token}</Fragment>;
  return (
    <span key={idx} data-token={token.kind}>
      {token.tokens.map(draw)}
    </span>
  );
}
