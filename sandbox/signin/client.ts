import { isIP } from 'node:net';

/** The official CLI's public client at fal's OpenID provider (fal-ai/fal, August 2026). It has no secret. */
export const clientId = 'TwXR51Vz8JbY8GUUMy6EyuVR0fTO7N4N';

/** The audience of the official CLI's tokens. */
export const audience = 'fal-cloud';

/** The grant type of RFC 8628. */
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

const loopbackHosts = ['127.0.0.1', '[::1]'];

/** Whether a native program may be redirected to this URL: a loopback IP literal, any port, any path (RFC 8252, 7.3). */
export const isLoopbackRedirect = (uri: string): boolean => {
  const url = URL.parse(uri);
  if (url?.protocol !== 'http:' || url.hash !== '' || url.username !== '' || url.password !== '')
    return false;
  return loopbackHosts.includes(url.hostname) && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
};
