const AGAIN_MS = 3_000;
/** What fails so often while the server answers is not there: then it is an error like any other. */
const TRIES = 3;

/** Loads a part of the app, and tries again while the server cannot be reached: what is not there yet breaks nothing. */
export async function untilThere<Part>(load: () => Promise<Part>): Promise<Part> {
  let n_missed = 0;
  for (;;) {
    try {
      return await load();
    } catch (error) {
      n_missed = (await isServed()) ? n_missed + 1 : 0;
      if (n_missed === TRIES) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, AGAIN_MS);
        addEventListener('online', resolve, { once: true });
      });
    }
  }
}

/** Whether the server answers at this moment: the error of a part that cannot be loaded does not say it. */
async function isServed() {
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => null);
  return answer?.ok === true;
}
