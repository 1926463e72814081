/** The command line's file: Windows starts no script without an ending. */
export const launcherName = (platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32' ? 'varvel.cmd' : 'varvel';
