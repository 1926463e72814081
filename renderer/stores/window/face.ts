import { useStart } from './start.ts';

/** The web view can't copy or read the clipboard without the page taking part. */
export const useIsDesktop = (): boolean =>
  useStart(({ resource }) => resource.state === 'ready' && resource.value.face === 'desktop');

export const useEnvironmentName = (): string | null =>
  useStart(({ resource }) => (resource.state === 'ready' ? resource.value.environment.name : null));

/** The user's home folder; empty while it is not known. */
export const useHome = (): string =>
  useStart(({ resource }) => (resource.state === 'ready' ? resource.value.home : ''));
