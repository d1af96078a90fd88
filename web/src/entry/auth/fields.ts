import { make } from './dom';
import { eye } from './icons';
import { t } from './strings';

// As the server and the settings have it.
const minPassword = 10;
const maxName = 80;

export type FormField = {
  /** As the request names it, and as the server points at it. */
  key: string;
  box: HTMLElement;
  input: HTMLInputElement;
  /** Shows what is wrong, or that nothing is. */
  tell: (complaint: string) => void;
};

type FieldOptions = { key: string; label: string; hint?: string; attributes: Record<string, string | boolean> };

export function textField(key: string, label: string, autocomplete: string, hint?: string): FormField {
  return makeField({ key, label, ...(hint && { hint }), attributes: { type: 'text', autocomplete, dir: 'auto', maxlength: String(maxName), required: true } });
}

/** With passkeys, the browser offers them where the address goes. */
export function emailField(hasPasskeys = false): FormField {
  return makeField({
    key: 'email',
    label: t('email'),
    attributes: { type: 'email', autocomplete: hasPasskeys ? 'username webauthn' : 'username', inputmode: 'email', dir: 'ltr', spellcheck: 'false', autocapitalize: 'none', required: true },
  });
}

/** An address that may be left empty. */
export function addressField(label: string, hint: string): FormField {
  return makeField({ key: 'address', label, hint, attributes: { type: 'email', autocomplete: 'email', inputmode: 'email', dir: 'ltr', spellcheck: 'false', autocapitalize: 'none' } });
}

/** Digits, or a recovery code. */
export function codeField(label: string, hint?: string): FormField {
  return makeField({
    key: 'code',
    label,
    ...(hint && { hint }),
    attributes: { type: 'text', autocomplete: 'one-time-code', inputmode: hint ? 'text' : 'numeric', dir: 'ltr', spellcheck: 'false', autocapitalize: 'none', required: true },
  });
}

export function passwordField(): FormField {
  return withEye(makeField({ key: 'password', label: t('password'), attributes: { autocomplete: 'current-password', dir: 'ltr', required: true } }));
}

export function newPasswordField(label = t('password')): FormField {
  return withEye(
    makeField({
      key: 'password',
      label,
      hint: t('password_hint', { count: minPassword }),
      attributes: { autocomplete: 'new-password', dir: 'ltr', minlength: String(minPassword), required: true },
    }),
  );
}

/** In words, what the browser finds wrong with the value; empty when it is right. */
export function complaintOf(input: HTMLInputElement): string {
  const { valueMissing, typeMismatch, tooShort } = input.validity;
  const isShort = tooShort || (input.minLength > 0 && input.value.length < input.minLength);
  if (valueMissing || (input.required && !input.value.trim())) return t('needed');
  if (typeMismatch) return t('email_wrong');
  return isShort ? t('password_short', { count: input.minLength }) : '';
}

function makeField({ key, label, hint = '', attributes }: FieldOptions): FormField {
  const hintId = `${key}-hint`;
  const input = make('input', { id: key, name: key, 'aria-describedby': hintId, ...attributes });
  const note = make('p', { id: hintId, class: 'hint' }, hint);
  const box = make('div', { class: 'field' }, make('label', { for: key }, label), make('div', { class: 'control' }, input), note);
  function tell(complaint: string): void {
    note.textContent = complaint || hint;
    note.classList.toggle('complaint', complaint !== '');
    if (complaint) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }
  input.addEventListener('input', () => tell(''));
  return { key, box, input, tell };
}

function withEye(field: FormField): FormField {
  const button = make('button', { type: 'button', class: 'eye' });
  function show(isShown: boolean): void {
    const label = isShown ? t('hide_password') : t('show_password');
    field.input.type = isShown ? 'text' : 'password';
    button.replaceChildren(eye(!isShown));
    button.setAttribute('aria-label', label);
    button.title = label;
  }
  button.addEventListener('click', () => show(field.input.type === 'password'));
  show(false);
  field.input.after(button);
  return field;
}
