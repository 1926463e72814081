/** Text with `code` in backticks, as the core's messages have it. */
export function Prose({ text }: { text: string }) {
  // odd parts were between backticks
  return text.split('`').map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
    index % 2 === 1 ? <code key={index}>{part}</code> : <span key={index}>{part}</span>,
  );
}
