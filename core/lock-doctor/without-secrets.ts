const chunk = 3;

/** The same bytes look different at each place in a group of base64; ends that depend on neighbours are left out. */
function base64Forms(text: string): string[] {
  return Array.from({ length: chunk }, (_, shift) => {
    const coded = btoa(`${'\0'.repeat(shift)}${text}`).replace(/=+$/, '');
    return coded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
}

const hex = (text: string): string =>
  [...text].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');

const reversed = (text: string): string => [...text].reverse().join('');

/** How a secret can stand in a text: plain, in URL, JSON, hexadecimal and base64 form. */
function formsOf(secret: string): string[] {
  const inBase64 = base64Forms(secret);
  return [
    secret,
    reversed(secret),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    hex(secret),
    hex(secret).toUpperCase(),
    ...inBase64,
    ...inBase64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** A shorter text is too likely to stand in a text by chance. */
const shortest = 4;

/**
 * A text without secrets that a server may have sent back, in any of their forms.
 * @param secrets ASCII
 */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  const forms = [...new Set([...secrets].flatMap(formsOf))]
    .filter((form) => form.length >= shortest)
    .sort((a, b) => b.length - a.length);
  return forms.reduce((before, form) => before.replaceAll(form, '***'), text);
}
