/**
 * The bytes of a file as a text of one character each (latin1), so that every encoding stays. Not by TextDecoder, whose
 * latin1 is Windows' own.
 */
export function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The bytes of such a text. */
export const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Such a text as people read it. */
export const readableText = (text: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOfText(text));
