const AGAIN_MS = 3_000;
/** With a network, what fails so often is not there: then it is an error like any other. */
const TRIES = 10;

/** Loads a part of the app, and tries again while there is no network: what is not there yet breaks nothing. */
export async function untilThere<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let n_tries = 1; ; ) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine && n_tries++ >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
