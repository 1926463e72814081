/** A path with ~ for the home folder. */
export function shortPath(path: string, home: string): string {
  // a home of / shortens nothing
  const root = home.replace(/[/\\]+$/, '');
  if (root === '' || !path.startsWith(root)) return path;
  const rest = path.slice(root.length);
  return rest === '' || /^[/\\]/.test(rest) ? `~${rest}` : path;
}

const parts = (path: string): string[] => path.split(/[/\\]/).filter(Boolean);

/** A file's name, without its folders. */
export const fileName = (path: string): string => parts(path).at(-1) ?? path;
