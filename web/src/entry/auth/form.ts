import { problemOf } from '@/api/client';
import { make } from './dom';
import { complaintOf, type FormField } from './fields';
import { t } from './strings';

export type FormOptions = {
  fields: FormField[];
  /** What is asked beside the fields. */
  more?: Node;
  submitLabel: string;
  /** Does the work; what it throws is shown. */
  submit: (values: Record<string, string>) => Promise<void>;
};

/** A form that checks before it asks the server, and shows each complaint beside its field. */
export function makeForm({ fields, more, submitLabel, submit }: FormOptions): HTMLFormElement {
  const button = make('button', { type: 'submit', class: 'primary' }, submitLabel);
  const alert = make('p', { role: 'alert', class: 'alert' });
  const form = make('form', { novalidate: true }, ...fields.map((field) => field.box), more ?? null, alert, button);
  let isBusy = false;

  function complain(complaints: Map<string, string>): void {
    for (const field of fields) field.tell(complaints.get(field.key) ?? '');
    fields.find((field) => complaints.get(field.key))?.input.focus();
  }

  async function send(): Promise<void> {
    const complaints = new Map(fields.map((field) => [field.key, complaintOf(field.input)]));
    complain(complaints);
    alert.textContent = '';
    if (isBusy || [...complaints.values()].some(Boolean)) return;
    isBusy = true;
    button.setAttribute('aria-busy', 'true');
    try {
      await submit(Object.fromEntries(fields.map(({ key, input }) => [key, input.value])));
    } catch (error) {
      showProblem(error);
    }
    isBusy = false;
    button.removeAttribute('aria-busy');
  }

  function showProblem(error: unknown): void {
    const { status, errors = [], detail, title } = problemOf(error);
    const byField = new Map(errors.map((one) => [one.pointer.replace(/^#?\//, ''), one.detail]));
    complain(byField);
    const isAllShown = errors.length > 0 && [...byField.keys()].every((key) => fields.some((field) => field.key === key));
    if (status === 0) alert.textContent = t('offline');
    else alert.textContent = isAllShown ? t('fields_wrong') : detail || title;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}
