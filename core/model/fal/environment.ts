import { VarvelError } from '../error.ts';
import { type Environment, type Flow, falEnvironment } from './fal-environment.ts';

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** True for the addresses on which plain http is allowed: those that never leave the machine. */
export const isLoopback = (url: URL): boolean => loopbackHosts.includes(url.hostname);

/** All loopback addresses count as one host: the sandbox gets other ports each time. */
const loopback = 'loopback';

/** The hosts that get a key or a token of an environment, with their ports. */
export function hostsOf(environment: Environment): string[] {
  const { issuer, restUrl, storageUrl, grpcUrl, platformUrl, runUrl, queueUrl } = environment;
  return distinctHosts([issuer, restUrl, storageUrl, grpcUrl, platformUrl, runUrl, queueUrl]);
}

function distinctHosts(addresses: string[]): string[] {
  const hosts = addresses.map((address) => {
    const url = new URL(address);
    return isLoopback(url) ? loopback : url.host;
  });
  return [...new Set(hosts)];
}

/** The same, and those of the pages that the browser opens. */
const hostsAndPages = (environment: Environment): string[] => [
  ...hostsOf(environment),
  ...distinctHosts([environment.connectionUrl, environment.dashboardUrl]),
];

/** What is wrong with one field; the caller adds the file. */
class WrongField extends Error {}

type Document = Record<string, unknown>;

function text(document: Document, field: string): string {
  const value = document[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new WrongField(`${field} must be a string`);
}

function server(document: Document, field: string): string {
  const value = text(document, field);
  const url = URL.parse(value);
  const plain = url && !url.username && !url.password && !url.hash;
  if (plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) return value;
  throw new WrongField(`${field} must be an https URL (http only for loopback addresses)`);
}

/** Folders of Varvel's own below VARVEL_HOME, beside those of the environments. */
const reservedNames = ['environments', 'locks', 'sandbox-server', 'window'];

function name(document: Document): string {
  const value = text(document, 'name');
  if (reservedNames.includes(value))
    throw new WrongField(`name must not be “${value}”, which Varvel uses itself`);
  if (/^[a-z0-9][a-z0-9-]{0,31}$/.test(value)) return value;
  throw new WrongField('name must be 1 to 32 lowercase letters, digits and dashes');
}

const isFlow = (value: unknown): value is Flow => value === 'device' || value === 'loopback';

function flows(document: Document): Flow[] {
  const value = document.flows;
  if (Array.isArray(value) && value.length > 0 && value.every(isFlow)) return value;
  throw new WrongField('flows must list device, loopback or both');
}

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function read(source: string): Environment {
  let document: unknown;
  try {
    document = JSON.parse(source);
  } catch {
    throw new WrongField('not JSON');
  }
  if (!isDocument(document)) throw new WrongField('not an object');
  const environment: Environment = {
    name: name(document),
    issuer: server(document, 'issuer'),
    clientId: text(document, 'clientId'),
    audience: text(document, 'audience'),
    connectionUrl: server(document, 'connectionUrl'),
    restUrl: server(document, 'restUrl'),
    storageUrl: server(document, 'storageUrl' in document ? 'storageUrl' : 'restUrl'),
    grpcUrl: server(document, 'grpcUrl'),
    platformUrl: server(document, 'platformUrl'),
    runUrl: server(document, 'runUrl'),
    queueUrl: server(document, 'queueUrl'),
    dashboardUrl: server(document, 'dashboardUrl'),
    flows: flows(document),
  };
  refuseForeignHosts(environment);
  return environment;
}

/** The name decides which vault is opened: a file can't give fal's keys, or the sandbox's, to other hosts. */
function refuseForeignHosts(environment: Environment): void {
  const allowed = { fal: hostsAndPages(falEnvironment), sandbox: [loopback] };
  const { name } = environment;
  if (name !== 'fal' && name !== 'sandbox') return;
  const foreign = hostsAndPages(environment).find((host) => !allowed[name].includes(host));
  if (foreign)
    throw new WrongField(`${foreign} is not a host of ${name}; give this environment another name`);
}

/**
 * Decodes an environment file. By hand, unlike all other input: `varvel env` in a prompt
 * reads it, and loading zod would take as long as reading the profile.
 * @param source the file's content, JSON
 * @param origin where it came from, for the message
 * @throws VarvelError `invalid` naming the first field that is wrong
 */
export function decodeEnvironment(source: string, origin: string): Environment {
  try {
    return read(source);
  } catch (error) {
    if (!(error instanceof WrongField)) throw error;
    throw new VarvelError('invalid', `Invalid environment file ${origin}: ${error.message}.`, {
      action: 'set_environment',
    });
  }
}
