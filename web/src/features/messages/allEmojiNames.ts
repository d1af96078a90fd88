/** Every name that an emoji has on GitHub and in most chats, as the server reads them too. Its own chunk, for whoever types a colon. */
import names from 'emojibase-data/en/shortcodes/github.json';

export const ALL_EMOJI_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(names).flatMap(([code, given]) => [given].flat().map((name) => [name, emojiOf(code)])),
);

/** From "1F468-200D-1F33E". A sign that is drawn as text by itself is asked to be an emoji. */
function emojiOf(code: string): string {
  const emoji = String.fromCodePoint(...code.split('-').map((part) => Number.parseInt(part, 16)));
  return [...emoji].length > 1 || /^\p{Emoji_Presentation}/u.test(emoji) ? emoji : `${emoji}\u{FE0F}`;
}
