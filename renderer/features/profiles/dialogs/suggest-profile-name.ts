/** Turns a key's alias into a valid profile name. */
export const suggestProfileName = (alias: string | null): string =>
  (alias ?? '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64);
