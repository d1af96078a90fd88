import { useEffect, useState } from 'react';

/** The value once it has stood still for a moment; for asking the server while somebody types. */
export function useDebounced<Value>(value: Value, wait_ms = 180): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait_ms);
    return () => clearTimeout(timer);
  }, [value, wait_ms]);
  return settled;
}
