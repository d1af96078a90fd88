/** As in docs/limits.md. */
export const maxHandle = 40;
export const maxTitle = 80;
export const maxAtOnce = 500;
