/** The name, then what every shell puts between a name and its value, then a value without expansions. */
const assignment = /FAL_KEY["']?(?:\s*=\s*|\s+)(?:"([^"$`]*)"|'([^'$]*)'|([^\s"'`$;&|#()]+))/;

/** The key in a line that sets FAL_KEY, in any shell; null when the line gets it from somewhere else. */
export function keyInLine(line: string): string | null {
  const [, ...values] = assignment.exec(line) ?? [];
  const value = values.find((each) => each !== undefined);
  return value?.includes(':') ? value : null;
}
