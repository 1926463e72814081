import * as z from 'zod/mini';
import type { Answer } from '../contract/bridge.ts';
import { type Input, isMethodName, type MethodName, methods, type Output } from '../contract/methods.ts';
import { inWords, VarvelError } from '../core/model/error.ts';
import { accountHandlers } from './handlers/accounts.ts';
import { appHandlers } from './handlers/app.ts';
import { backupHandlers } from './handlers/backup.ts';
import { doctorHandlers } from './handlers/doctor.ts';
import { exportHandlers } from './handlers/exports.ts';
import { falcliHandlers } from './handlers/falcli.ts';
import { findHandlers } from './handlers/find.ts';
import type { HandlerContext, Handlers } from './handlers/handler.ts';
import { keyHandlers } from './handlers/keys.ts';
import { lockHandlers } from './handlers/locks.ts';
import { moneyHandlers } from './handlers/money.ts';
import { pinHandlers } from './handlers/pins.ts';
import { problemRow } from './handlers/problem-row.ts';
import { profileHandlers } from './handlers/profiles.ts';
import { rotationHandlers } from './handlers/rotations.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { shellHandlers } from './handlers/shells.ts';
import { updateHandlers } from './handlers/updates.ts';
import { usageHandlers } from './handlers/usage.ts';
import { vaultHandlers } from './handlers/vault.ts';
import { whichHandlers } from './handlers/which.ts';

const failed = (error: unknown): Answer => ({ error: problemRow(inWords(error)) });

/** The contract's schemas, typed so that the compiler checks each handler against its schemas. */
const schemas: {
  [Name in MethodName]: { input: z.ZodMiniType<Input<Name>>; output: z.ZodMiniType<Output<Name>> };
} = methods;

/**
 * Serves the bridge from one table of handlers. Each call is decoded by its method's schema and handled. Its answer is
 * encoded by the schema too, so that nothing outside the contract crosses. Never throws.
 */
export function createServer(context: HandlerContext): (name: unknown, input: unknown) => Promise<Answer> {
  const handlers: Handlers<MethodName> = {
    ...appHandlers(context),
    ...settingsHandlers(context),
    ...updateHandlers(context),
    ...accountHandlers(context),
    ...keyHandlers(context),
    ...rotationHandlers(context),
    ...findHandlers(context),
    ...lockHandlers(context),
    ...profileHandlers(context),
    ...backupHandlers(context),
    ...whichHandlers(context),
    ...vaultHandlers(context),
    ...doctorHandlers(context),
    ...usageHandlers(context),
    ...moneyHandlers(context),
    ...shellHandlers(context),
    ...pinHandlers(context),
    ...falcliHandlers(context),
    ...exportHandlers(context),
  };

  async function call<Name extends MethodName>(name: Name, input: unknown): Promise<Answer> {
    const decoded = z.safeParse(schemas[name].input, input);
    if (!decoded.success) {
      const issue = decoded.error.issues[0];
      throw new VarvelError(
        'invalid',
        `Invalid input for ${name}: ${issue ? `${issue.path.join('.')} ${issue.message}` : ''}.`,
        'Reload the window.',
      );
    }
    const handle: Handlers<MethodName>[Name] = handlers[name];
    return { ok: z.parse(schemas[name].output, await handle(decoded.data)) };
  }

  return async (name, input) => {
    try {
      if (typeof name !== 'string' || !isMethodName(name)) {
        throw new VarvelError('invalid', 'Unknown method.', 'Reload the window.');
      }
      const answer = await call(name, input);
      // so that the window's own changes show right away
      context.session.look();
      return answer;
    } catch (error) {
      return failed(error);
    }
  };
}
