import * as z from 'zod/mini';
import { type Hint, keyActions, listActions, plainActions, profileActions } from '../core/model/hint.ts';

const text = z.string();
const nearest = z.nullable(text);

/** What to do, as data: the window words it and offers a button. */
export const hint = z.discriminatedUnion('action', [
  z.object({ action: z.enum(plainActions) }),
  z.object({ action: z.enum(profileActions), profile: text }),
  z.object({ action: z.enum(keyActions), keyId: text }),
  z.object({ action: z.enum(listActions), nearest }),
  z.object({ action: z.literal('list_accounts'), nearest, ended: z.array(text) }),
  z.object({ action: z.literal('sign_in'), connection: z.nullable(text) }),
  z.object({ action: z.literal('choose_flow'), flows: z.array(text) }),
  z.object({ action: z.literal('set_key_of_account'), profile: text, account: text }),
  z.object({
    action: z.literal('create_admin_key'),
    account: z.nullable(z.object({ id: text, nickname: text })),
  }),
  z.object({ action: z.literal('change_environment'), environment: text }),
  z.object({ action: z.literal('use_shell'), shell: z.literal('pwsh') }),
  z.object({ action: z.literal('use_format'), format: z.literal('json') }),
  z.object({ action: z.literal('advice'), text }),
]) satisfies z.ZodMiniType<Hint>;
