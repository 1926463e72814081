import type { Identity } from '../../../core/model/fal/identity.ts';

/** An identity as the JSON documents show it. */
export const identityRow = ({ id, name, email, connection, signedIn }: Identity) => ({
  id,
  name,
  email,
  connection,
  signed_in: signedIn,
});
