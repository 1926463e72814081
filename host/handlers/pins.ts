import { join } from 'node:path';
import { pinName, pinPath } from '../../platform/files/nearest-pin.ts';
import { userPath } from '../user-path.ts';
import type { Desk, Handlers, MethodsOf } from './handler.ts';

export function pinHandlers({ session }: Desk): Handlers<MethodsOf<'pins'>> {
  return {
    'pins.list': () => session.varvel().pins.list((folder) => join(folder, pinName)),

    'pins.add': ({ profile, folder }) => {
      const varvel = session.varvel();
      return varvel.pins.pin(pinPath(userPath(folder, session.home)), varvel.profiles.get(profile).name);
    },

    // one that is gone already is forgotten
    'pins.remove': async ({ folder }) => {
      await session.varvel().pins.unpin(join(userPath(folder, session.home), pinName));
      return null;
    },
  };
}
