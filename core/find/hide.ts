import type { KeyScanner } from './scanner.ts';

const hidden = '…';

/** A text with the secret of every key in it hidden: a path can hold one. */
export function hideSecrets(text: string, { scan }: Pick<KeyScanner, 'scan'>): string {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  let shown = '';
  let from = 0;
  for (const { secretStart, end } of scan(bytes, bytes.length)) {
    if (secretStart < from) continue;
    shown += decoder.decode(bytes.subarray(from, secretStart)) + hidden;
    from = end;
  }
  return from === 0 ? text : shown + decoder.decode(bytes.subarray(from));
}
