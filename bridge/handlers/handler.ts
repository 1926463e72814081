import type { Input, MethodName, Output } from '../../contract/methods.ts';
import type { Face } from '../face.ts';
import type { Jobs } from '../jobs.ts';
import type { SecretCopy } from '../secret-copy.ts';
import type { Session } from '../session.ts';

/** What handlers need. */
export interface HandlerContext {
  session: Session;
  face: Face;
  jobs: Jobs;
  /** Null on a face without a clipboard. */
  secretCopy: SecretCopy | null;
}

/** The handlers of some methods; each gets input that its schema has decoded. */
export type Handlers<Names extends MethodName> = {
  [Name in Names]: (input: Input<Name>) => Promise<Output<Name>> | Output<Name>;
};

/** The methods of one subject. */
export type MethodsOf<Subject extends string> = Extract<MethodName, `${Subject}.${string}`>;
