import type { Problem } from '@/api/types';
import { wordsForProblem } from './core';

/** A refusal in the words of the page's language. What the server says about single fields is English; then the field is enough. */
export function sayProblem(problem: Problem): Problem {
  const words = wordsForProblem(problem.type);
  if (!words) return problem;
  const errors = problem.errors?.map((error) => ({ ...error, detail: words.title }));
  return { ...problem, ...words, ...(errors && { errors }) };
}
