import { useHome } from '../stores/window/face.ts';
import { shortPaths } from './path.ts';

/** Text with `code` in backticks, as the core's messages have it, and with ~ for the home folder. */
export function Prose({ text }: { text: string }) {
  // odd parts were between backticks
  return shortPaths(text, useHome())
    .split('`')
    .map((part, index) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      index % 2 === 1 ? <code key={index}>{part}</code> : <span key={index}>{part}</span>,
    );
}
