/** The names that people type most after a colon. The picker knows the rest; this list is small because it is always loaded. */
export const EMOJI_NAMES: Readonly<Record<string, string>> = {
  '+1': '👍', '-1': '👎', thumbsup: '👍', thumbsdown: '👎', clap: '👏', wave: '👋', pray: '🙏', ok_hand: '👌', muscle: '💪',
  raised_hands: '🙌', point_up: '☝️', point_right: '👉', handshake: '🤝', crossed_fingers: '🤞', writing_hand: '✍️',
  smile: '😄', grin: '😁', joy: '😂', rofl: '🤣', slightly_smiling: '🙂', wink: '😉', blush: '😊', heart_eyes: '😍',
  thinking: '🤔', shrug: '🤷', facepalm: '🤦', sweat_smile: '😅', neutral: '😐', sob: '😭', cry: '😢', scream: '😱',
  angry: '😠', sunglasses: '😎', sleeping: '😴', exploding_head: '🤯', partying: '🥳', pleading: '🥺', relieved: '😌',
  heart: '❤️', green_heart: '💚', blue_heart: '💙', purple_heart: '💜', broken_heart: '💔', sparkling_heart: '💖',
  tada: '🎉', confetti: '🎊', sparkles: '✨', star: '⭐', fire: '🔥', rocket: '🚀', hundred: '💯', trophy: '🏆', medal: '🏅',
  gift: '🎁', balloon: '🎈', cake: '🎂', coffee: '☕', tea: '🍵', pizza: '🍕', beer: '🍺', apple: '🍎', seedling: '🌱',
  eyes: '👀', check: '✅', white_check_mark: '✅', x: '❌', warning: '⚠️', question: '❓', exclamation: '❗', bulb: '💡',
  idea: '💡', bug: '🐛', wrench: '🔧', hammer: '🔨', gear: '⚙️', lock: '🔒', key: '🔑', link: '🔗', pin: '📌', pushpin: '📌',
  memo: '📝', book: '📖', books: '📚', calendar: '📅', clock: '🕐', hourglass: '⏳', alarm: '⏰', bell: '🔔', mail: '✉️',
  phone: '📞', computer: '💻', camera: '📷', microphone: '🎤', headphones: '🎧', movie: '🎬', art: '🎨', music: '🎵',
  chart: '📈', chart_down: '📉', money: '💰', package: '📦', bookmark: '🔖', mag: '🔍', search: '🔍', speech: '💬',
  thought: '💭', zzz: '💤', sun: '☀️', cloud: '☁️', rain: '🌧️', snow: '❄️', rainbow: '🌈', earth: '🌍', moon: '🌙',
  dog: '🐶', cat: '🐱', owl: '🦉', bee: '🐝', turtle: '🐢', unicorn: '🦄', tree: '🌳', flower: '🌸', four_leaf: '🍀',
  car: '🚗', bike: '🚲', train: '🚆', plane: '✈️', house: '🏠', school: '🏫', construction: '🚧', stop: '🛑', ship: '🚢',
};
