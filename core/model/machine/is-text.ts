/** Whether bytes are a text: without NUL, or UTF-16 with its byte order mark. */
export function isText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isWide || !bytes.includes(0);
}
