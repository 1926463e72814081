import { VarvelError } from '../../core/model/error.ts';
import type { FaceUpdates } from '../face.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function updateHandlers({ face }: HandlerContext): Handlers<MethodsOf<'updates'>> {
  const updates = (): FaceUpdates => {
    if (face.updates === null)
      throw new VarvelError('usage', 'This window isn’t a program that can be updated.', { action: 'none' });
    return face.updates;
  };
  return {
    'updates.read': () => face.updates?.read() ?? null,
    'updates.check': async () => {
      await updates().check();
      return null;
    },
    'updates.install': () => {
      updates().install();
      return null;
    },
    'updates.change': ({ channel, automatic }) => {
      updates().change({
        ...(channel !== undefined && { channel }),
        ...(automatic !== undefined && { automatic }),
      });
      return null;
    },
  };
}
