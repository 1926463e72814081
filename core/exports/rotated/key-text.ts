/** A key and its whole text; null when its secret is gone. */
export interface KeyText {
  id: string;
  text: string | null;
}

/** What no text without the key has: its secret, which may stand apart from its id; the id when the secret is gone. */
export const tellingPart = ({ id, text }: KeyText): string => text?.slice(text.indexOf(':') + 1) ?? id;

/** Puts another key in place of one in a text. */
export function swapping({ id, text: whole }: KeyText, to: { text: string }): (text: string) => string {
  const old = whole ?? new RegExp(`${id.replaceAll(/\W/g, '\\$&')}:[\\w-]+`, 'g');
  return (text) => text.replaceAll(old, () => to.text);
}
