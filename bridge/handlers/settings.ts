import type { FaceSettings } from '../../core/model/settings.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function settingsHandlers({
  session,
  face,
}: HandlerContext): Handlers<MethodsOf<'settings'> | MethodsOf<'activity'>> {
  const read = (): FaceSettings => ({
    ...session.varvel().settings.read(),
    startAtLogin: face.startAtLogin?.read() ?? null,
  });
  return {
    'settings.read': read,
    'settings.change': ({ startAtLogin, ...change }) => {
      session.varvel().settings.change(change);
      if (startAtLogin !== undefined && startAtLogin !== null) face.startAtLogin?.change(startAtLogin);
      return read();
    },
    'activity.list': (filter) => session.varvel().activity.list(filter),
  };
}
