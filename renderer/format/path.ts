/** A path with ~ for the home folder. */
export function shortPath(path: string, home: string): string {
  // a home of / shortens nothing
  const root = home.replace(/[/\\]+$/, '');
  if (root === '' || !path.startsWith(root)) return path;
  const rest = path.slice(root.length);
  return rest === '' || /^[/\\]/.test(rest) ? `~${rest}` : path;
}

/** A text with ~ for the home folder in the paths it names. */
export function shortPaths(text: string, home: string): string {
  const root = home.replace(/[/\\]+$/, '');
  if (root === '') return text;
  const isPath = (at: number): boolean =>
    !/[\w.-]/.test(text.charAt(at - 1)) && /[/\\]/.test(text.charAt(at + root.length));
  return text.replaceAll(root, (found, at: number) => (isPath(at) ? '~' : found));
}

const parts = (path: string): string[] => path.split(/[/\\]/).filter(Boolean);

/** A file's name, without its folders. */
export const fileName = (path: string): string => parts(path).at(-1) ?? path;
