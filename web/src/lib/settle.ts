type Settled<T> = { onSuccess?: (value: T) => void; onError?: (reason: unknown) => void };

/**
 * What follows a change even when the part of the screen that asked for it is gone before the answer is there: a row that its own
 * change takes out of the list still offers the way back. The callbacks of `mutate` go with the part; a dialog wants just that.
 * Without `onError` the part shows the error of the mutation itself.
 */
export function settle<T>(change: Promise<T>, { onSuccess, onError }: Settled<T>): void {
  void change.then(onSuccess, onError ?? ignore);
}

const ignore = () => undefined;
