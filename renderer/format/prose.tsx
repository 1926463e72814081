/** Words with `code` between backticks, as the core's messages have it; everything else is text. */
export function Prose({ text }: { text: string }) {
  // odd parts stood between backticks
  return text.split('`').map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
    index % 2 === 1 ? <code key={index}>{part}</code> : <span key={index}>{part}</span>,
  );
}
