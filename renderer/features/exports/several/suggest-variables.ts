/** A variable for each profile: FAL_KEY_NAME. Names that differ only in their signs get a number. */
export function suggestVariables(names: readonly string[]): Record<string, string> {
  const taken = new Set<string>();
  const suggested: Record<string, string> = {};
  for (const name of names) {
    const base = `FAL_KEY_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
    let variable = base;
    for (let number = 2; taken.has(variable); number += 1) variable = `${base}_${number}`;
    taken.add(variable);
    suggested[name] = variable;
  }
  return suggested;
}
