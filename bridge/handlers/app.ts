import { VarvelError } from '../../core/model/error.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

const pagePaths = { dashboard: '', keys: '/keys', billing: '/billing' } as const;
const docs = 'https://docs.fal.ai';

export function appHandlers(context: HandlerContext): Handlers<MethodsOf<'app'> | MethodsOf<'work'>> {
  const { session, face, jobs } = context;

  return {
    'app.start': () => {
      const { environment, identities, settings } = session.varvel();
      return {
        version: session.version,
        face: face.name,
        platform: session.platform,
        environment: { name: environment.name, flows: environment.flows },
        lastConnection: identities.lastConnection(),
        theme: settings.read().theme,
        home: session.home,
      };
    },

    'app.openPage': async ({ page }) => {
      const url = page === 'docs' ? docs : `${session.varvel().environment.dashboardUrl}${pagePaths[page]}`;
      if (!(await face.openPage(url))) {
        throw new VarvelError('unexpected', 'Couldn’t open a browser.', `Open ${url} in a browser.`);
      }
      return null;
    },

    'app.choosePath': async ({ kind }) => {
      if (!face.choosePath) {
        throw new VarvelError('usage', 'This window can’t show the system’s file dialog.', 'Enter the path.');
      }
      return { path: await face.choosePath(kind) };
    },

    'app.quit': () => {
      face.quit();
      return null;
    },

    'app.setEnvironment': async ({ name }) => {
      jobs.cancelAll();
      await session.setEnvironment(name);
      return null;
    },

    'work.cancel': ({ run }) => {
      jobs.cancel(run);
      return null;
    },
  };
}
