/** Whether a scanner that knows no key would report a file. */
export type Guess = (content: Buffer) => boolean;

/** The entropy of a text in bits for each character: scanners take what is above 3.5 for random. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}

/** A word that speaks of secrets, an assignment, and a value. */
const assigned =
  /(?:key|api|token|secret|client|passwd|password|auth|access)[\w.-]{0,20}["'\s]{0,3}(?:=|>|:{1,3}=|:|=>|,)["'\s=]{0,5}([\w.=:+/%\\-]{10,300})/gi;

/** What such scanners guess by, written here as their published rules describe it. */
export const guesses: Record<string, Guess> = {
  // a rule for a fal key: a UUID, a colon and 32 hexadecimal digits
  'a pattern for keys of fal': (content) =>
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{32}/i.test(content.toString('latin1')),
  'a pattern for any key': (content) =>
    [...content.toString('latin1').matchAll(assigned)].some(([, value = '']) => entropyOf(value) > 3.5),
};
