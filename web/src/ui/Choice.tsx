import { useId, type ReactNode } from 'react';
import styles from './Choice.module.css';

export type ChoiceOption<Value extends string> = { value: Value; label: string; hint?: string; icon?: ReactNode };

export type ChoiceProps<Value extends string> = {
  legend: string;
  value: Value;
  options: readonly ChoiceOption<Value>[];
  onChange: (value: Value) => void;
  /** Side by side for short words, else one below the other. */
  row?: boolean;
  /** The icon is a picture, and stands above the word. */
  tiles?: boolean;
};

/** One of a few, all visible: radio buttons drawn as cards. */
export function Choice<Value extends string>({ legend, value, options, onChange, row, tiles }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.choice} data-row={row || undefined} data-tiles={tiles || undefined}>
      <legend>{legend}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon && <span className={styles.icon}>{option.icon}</span>}
            <span className={styles.text}>
              <b>
                <bdi>{option.label}</bdi>
              </b>
              {option.hint && <small>{option.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
