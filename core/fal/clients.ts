import type { Ports } from '../ports.ts';
import { createKeyService } from './key-service.ts';
import { createModels } from './models.ts';
import { createPlatformApi } from './platform-api.ts';
import { createRest } from './rest.ts';
import { createSignInProvider } from './sign-in-provider.ts';

export type FalClients = ReturnType<typeof createFalClients>;

/** All of fal's servers that Varvel talks to. Loaded only by what needs the network (see core/varvel.ts). */
export const createFalClients = ({
  environment,
  http,
  clock,
}: Pick<Ports, 'environment' | 'http' | 'clock'>) => ({
  signIn: createSignInProvider(environment, http, clock),
  rest: createRest(environment, http),
  keyService: createKeyService(environment, http, clock),
  platform: createPlatformApi(environment, http),
  models: createModels(environment, http),
});
