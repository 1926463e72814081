/** A key's alias as a profile's name, with what a name can't hold left out. */
export const suggestion = (alias: string | null): string =>
  (alias ?? '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64);
