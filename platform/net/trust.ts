import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** OpenSSL's codes for a certificate whose authority Node doesn't know, though the system may. */
const unknownAuthority = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

export type Trust = ReturnType<typeof createTrust>;

/**
 * The certificate authorities of our connections: Node's own first; the system's too as soon as they are needed, since
 * reading them takes longer than most commands.
 */
export function createTrust() {
  let context: SecureContext | undefined;
  return {
    /** Undefined for Node's own authorities. */
    context: (): SecureContext | undefined => context,

    /** Whether a connection that failed with this code may work now, with the system's authorities. */
    extendAfter(code: string | null): boolean {
      if (context || code === null || !unknownAuthority.includes(code)) return false;
      // missing in Node 20, which older versions of Electron have
      if (typeof getCACertificates !== 'function') return false;
      const system = getCACertificates('system');
      context = createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...system])] });
      return true;
    },
  };
}
