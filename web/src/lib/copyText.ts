/** Copies a text. Browsers give the clipboard API to secure pages only; a server in the local network by plain HTTP is not
 *  one, so the old command stands in. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  const host = document.querySelector('dialog[open]') ?? document.body;
  const focused = document.activeElement;
  field.value = text;
  host.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
