/** An escape sequence: CSI, a string (OSC, DCS, SOS, PM, APC) up to its end, or a short one. ECMA-48, 5.3 to 5.6. */
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it removes
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const controls = /[\p{Cc}\p{Bidi_Control}]/gu;
const needsNothing = /^[\x20-\x7e]*$/;

/**
 * A text of a server, a file or a repository, safe to show on one line of a terminal, a title, a notification or a log:
 * without escape sequences, line breaks and tabs as blanks, other control characters and bidi controls as �.
 */
export const printable = (text: string): string =>
  needsNothing.test(text) ? text : text.replace(sequences, '').replace(breaks, ' ').replace(controls, '�');

/** What JSON.stringify leaves as it is, but a terminal acts on. */
const unescaped = /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu;

/** JSON that a terminal can show: control characters and bidi controls are escaped as \uXXXX. */
export const printableJson = (value: unknown, indent = 0): string =>
  JSON.stringify(value, null, indent).replace(
    unescaped,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
