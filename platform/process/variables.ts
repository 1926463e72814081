/** A system's rule for the names of variables: Windows takes FAL_KEY and fal_key for the same. */
const sameName = (platform: NodeJS.Platform): ((name: string) => string) =>
  platform === 'win32' ? (name) => name.toUpperCase() : (name) => name;

/**
 * A program's variables with some taken away and others set. On Windows in any case of their letters: of `fal_key` and
 * `FAL_KEY` side by side, the program would get either.
 */
export function changedVariables(
  env: NodeJS.ProcessEnv,
  without: readonly string[],
  set: Record<string, string>,
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  const same = sameName(platform);
  const gone = new Set([...without, ...Object.keys(set)].map(same));
  const kept = Object.entries(env).filter(([name]) => !gone.has(same(name)));
  return { ...Object.fromEntries(kept), ...set };
}
