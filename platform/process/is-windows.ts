/** Whether this is Windows, which has no modes, no symbolic links for everybody, and no scripts as programs. */
export const isWindows = (platform: NodeJS.Platform = process.platform): boolean => platform === 'win32';
