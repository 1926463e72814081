import { useStart } from './start.ts';

/** Whether this is the desktop program, which reads and writes the clipboard outside the page. */
export const useIsDesktop = (): boolean =>
  useStart(({ resource }) => resource.state === 'ready' && resource.value.face === 'desktop');

export const useEnvironmentName = (): string | null =>
  useStart(({ resource }) => (resource.state === 'ready' ? resource.value.environment.name : null));

/** The user's home folder. Empty while it loads. */
export const useHome = (): string =>
  useStart(({ resource }) => (resource.state === 'ready' ? resource.value.home : ''));
