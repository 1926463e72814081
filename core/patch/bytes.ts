/**
 * A file's bytes as text with one character per byte (latin1), which keeps any encoding. Not with TextDecoder, whose
 * latin1 is Windows-1252.
 */
export function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The reverse of textOfBytes. */
export const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A text from textOfBytes, decoded as UTF-8. */
export const readableText = (text: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOfText(text));
